/** What the CPU backends share. */
@NullMarked
package dev.fovea.kernels.cpu;

import org.jspecify.annotations.NullMarked;
