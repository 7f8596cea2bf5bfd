/**
 * The executable specification of every operation: plain loops on one thread. All arithmetic is in
 * double precision, and each result is rounded once to the compute type.
 */
@NullMarked
package dev.fovea.kernels.cpu.reference;

import org.jspecify.annotations.NullMarked;
