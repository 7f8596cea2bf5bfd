/**
 * The fast CPU backend. Products run on register tiles in the Vector API, the other operations on
 * plain loops that the JIT compiler vectorises or on vector twins of them.
 *
 * <p>Each vector kernel has a scalar twin that gives the same bits: products add their terms in the
 * order of the inner dimension with one fused multiply-add each, functions are the same polynomials
 * in the same order, sums over a row have 32 partial sums whatever the width of the vectors. So a
 * short run stays on scalar code and never pays for loading and compiling vector code, a long run
 * moves over to it while it goes on, and no result depends on the width, on the number of threads
 * or on when the move happened.
 */
@NullMarked
package dev.fovea.kernels.cpu.vector;

import org.jspecify.annotations.NullMarked;
