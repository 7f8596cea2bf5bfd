/**
 * What every backend must compute, as tests. A backend's module runs them on all providers that it
 * finds with one class in its own tests:
 *
 * <pre>{@code
 * @Suite
 * @SelectPackages("dev.fovea.kernels.conformance")
 * class ConformanceSuite {}
 * }</pre>
 *
 * Expected values come from plain loops in double precision written here, or are worked by hand.
 * Every tensor lies between guards: NaN around inputs, so that reading too far shows in the result,
 * and a known value around results, so that writing too far shows too.
 */
@NullMarked
package dev.fovea.kernels.conformance;

import org.jspecify.annotations.NullMarked;
