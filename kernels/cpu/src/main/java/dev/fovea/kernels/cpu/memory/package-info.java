/** Memory of the CPU backends. */
@NullMarked
package dev.fovea.kernels.cpu.memory;

import org.jspecify.annotations.NullMarked;
