/** Memory of the CPU backends: pooled activations, and stored weights widened to numbers. */
@NullMarked
package dev.fovea.kernels.cpu.memory;

import org.jspecify.annotations.NullMarked;
