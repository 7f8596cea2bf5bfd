/** Measurements of Fovea, and the gate over its generated kernels. */
@NullMarked
package dev.fovea.bench;

import org.jspecify.annotations.NullMarked;
