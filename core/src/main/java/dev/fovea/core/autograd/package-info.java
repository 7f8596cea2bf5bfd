/** Reverse-mode differentiation of forward passes. */
@NullMarked
package dev.fovea.core.autograd;

import org.jspecify.annotations.NullMarked;
