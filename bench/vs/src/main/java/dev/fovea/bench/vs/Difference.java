package dev.fovea.bench.vs;

/** Two sides that race must agree first. */
final class Difference {
  private Difference() {}

  /**
   * Checks that results agree.
   *
   * @param allowed largest difference, relative to the largest magnitude
   * @throws IllegalStateException if they do not
   */
  static void check(String what, float[] expected, float[] actual, double allowed) {
    if (expected.length != actual.length) {
      throw new IllegalStateException(
          "%s: %d and %d values".formatted(what, expected.length, actual.length));
    }
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double error = Math.abs(expected[i] - actual[i]);
      worst = error <= worst ? worst : error;
    }
    if (!(worst <= allowed * largest)) {
      throw new IllegalStateException(
          "%s: results differ by %g of %g".formatted(what, worst, largest));
    }
  }
}
