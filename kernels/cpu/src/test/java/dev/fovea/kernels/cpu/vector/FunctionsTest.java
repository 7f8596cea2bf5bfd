package dev.fovea.kernels.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.tensor.Activation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions in vectors give the bits of those in scalar code. */
class FunctionsTest {
  private static final int SIZE = 5003;

  private final Functions scalar = new ScalarFunctions();
  private final Functions vector = new VectorFunctions();

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activationsAgree(Activation activation) {
    float[] in = arguments();
    float[] expected = new float[SIZE + 9];
    float[] actual = new float[SIZE + 9];
    scalar.activate(activation, in, 0, expected, 3, SIZE);
    vector.activate(activation, in, 0, actual, 3, SIZE);
    assertArrayEquals(expected, actual);
  }

  @Test
  void exponentialsAgree() {
    float[] in = arguments();
    float[] expected = new float[SIZE];
    float[] actual = new float[SIZE];
    scalar.exp(in, 0, expected, 0, SIZE);
    vector.exp(in, 0, actual, 0, SIZE);
    assertArrayEquals(expected, actual);
  }

  @Test
  void sumsAgree() {
    float[] in = finite();
    float[] expected = new float[Functions.LANES];
    float[] actual = new float[Functions.LANES];
    for (int n : new int[] {0, 32, 64, 768}) {
      scalar.sums(in, 5, n, expected);
      vector.sums(in, 5, n, actual);
      assertArrayEquals(expected, actual);
      scalar.squares(in, 5, n, 0.125f, expected);
      vector.squares(in, 5, n, 0.125f, actual);
      assertArrayEquals(expected, actual);
      float[] out = new float[n];
      float[] outInVectors = new float[n];
      scalar.expSums(in, 5, out, 0, n, 3, expected);
      vector.expSums(in, 5, outInVectors, 0, n, 3, actual);
      assertArrayEquals(out, outInVectors);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void largestAgree() {
    float[] in = arguments();
    for (int n : new int[] {0, 1, 15, 16, 17, 33, 4000}) {
      assertEquals(scalar.largest(in, 7, n), vector.largest(in, 7, n));
    }
  }

  @Test
  void softmaxColumnsAgree() {
    int rows = 50;
    float[] expected = finite();
    Arrays.fill(expected, 0, 3 * Tiles.PANEL, Float.NEGATIVE_INFINITY);
    for (int row = 0; row < rows; row++) {
      expected[row * Tiles.PANEL + 5] = Float.NEGATIVE_INFINITY;
    }
    float[] actual = expected.clone();
    float[] expectedSums = new float[Tiles.PANEL];
    float[] actualSums = new float[Tiles.PANEL];
    scalar.softmaxColumns(expected, 0, rows, expectedSums, 0);
    vector.softmaxColumns(actual, 0, rows, actualSums, 0);
    assertArrayEquals(expected, actual);
    assertArrayEquals(expectedSums, actualSums);
    assertEquals(0, actualSums[5]);
  }

  /** Numbers of every size, and the special ones. */
  private static float[] arguments() {
    float[] values = finite();
    for (int i = 0; i < SIZE; i += 3) {
      values[i] = Math.scalb(values[i], i % 40 - 25);
    }
    values[0] = Float.NaN;
    values[1] = Float.POSITIVE_INFINITY;
    values[2] = Float.NEGATIVE_INFINITY;
    values[3] = -0f;
    values[4] = Float.MIN_VALUE;
    values[5] = Float.MAX_VALUE;
    values[6] = -Float.MAX_VALUE;
    return values;
  }

  private static float[] finite() {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextDouble(-110, 110);
    }
    return values;
  }
}
