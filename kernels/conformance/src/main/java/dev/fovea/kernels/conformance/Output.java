package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Tensor;
import java.util.Arrays;

/**
 * Where an operation puts its result.
 *
 * @param positions the place of each element, row-major, in memory
 * @param memorySize elements from the first guard to the last
 */
record Output(Subject subject, Tensor tensor, int[] positions, int memorySize) {
  static final float GUARD_VALUE = 12345;

  /** Fails unless each value is right to the backend's tolerance, relative to itself. */
  void check(Numbers expected) {
    check(expected, expected.map(Math::abs));
  }

  /**
   * Fails unless each value is right, or if anything around the result has changed.
   *
   * @param magnitudes what the tolerance is relative to: the sum of the absolute terms of a sum
   */
  void check(Numbers expected, Numbers magnitudes) {
    double[] actual = read();
    assertEquals(expected.values().length, actual.length);
    for (int i = 0; i < actual.length; i++) {
      double wanted = rounded(expected.values()[i]);
      double allowed = subject.tolerance() * magnitudes.values()[i] + subject.smallest();
      boolean right =
          Double.compare(wanted, actual[i]) == 0
              || Math.abs(wanted - actual[i]) <= allowed
              || (Double.isNaN(wanted) && Double.isNaN(actual[i]));
      if (!right) {
        fail(
            "element %s: expected %s, got %s, allowed error %s"
                .formatted(Arrays.toString(expected.index(i)), wanted, actual[i], allowed));
      }
    }
  }

  /** The result, row-major; fails if anything around it has changed. */
  double[] read() {
    double[] memory = subject.read(tensor.storage(), memorySize);
    double[] values = new double[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = memory[positions[i]];
      memory[positions[i]] = GUARD_VALUE;
    }
    for (int i = 0; i < memory.length; i++) {
      assertEquals(GUARD_VALUE, memory[i], "memory outside the result was written to");
    }
    return values;
  }

  /** A value that no result in F32 can be is infinite there. */
  private double rounded(double value) {
    return subject.backend().computeType() == DType.F32 ? (float) value : value;
  }
}
