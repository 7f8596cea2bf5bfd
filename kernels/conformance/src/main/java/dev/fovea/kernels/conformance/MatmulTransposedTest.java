package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** a · bᵀ, matrix by matrix. */
class MatmulTransposedTest extends Conformance {
  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfRows(int m) {
    check(Numbers.random(1, 2, m, 9), Numbers.random(2, 2, 17, 9));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfColumns(int n) {
    check(Numbers.random(1, 2, 6, 9), Numbers.random(2, 2, n, 9));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyInnerSize(int k) {
    check(Numbers.random(1, 2, 6, k), Numbers.random(2, 2, 5, k));
  }

  @Test
  void takesLargeMatrices() {
    check(Numbers.random(1, 70, 1100), Numbers.random(2, 130, 1100));
  }

  @Test
  void takesPlainMatrices() {
    check(Numbers.random(1, 4, 9), Numbers.random(2, 5, 9));
  }

  @Test
  void takesTwoBatchDimensions() {
    check(Numbers.random(1, 2, 3, 4, 9), Numbers.random(2, 2, 3, 5, 9));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Numbers a = Numbers.random(1, 2, 3, 7, 18);
    Numbers b = Numbers.random(2, 2, 3, 6, 18);
    check(a, input(a, layout), b, input(b, layout));
  }

  @Test
  void readsRepeatedMatrices() {
    Numbers a = Numbers.random(1, 1, 7, 18);
    Numbers b = Numbers.random(2, 4, 1, 18);
    check(a.repeated(4, 7, 18), repeated(a, 4, 7, 18), b.repeated(4, 5, 18), repeated(b, 4, 5, 18));
  }

  @Test
  void readsRepeatedElements() {
    Numbers a = Numbers.random(1, 3, 7, 1);
    Numbers b = Numbers.random(2, 3, 5, 1);
    check(a.repeated(3, 7, 20), repeated(a, 3, 7, 20), b.repeated(3, 5, 20), repeated(b, 3, 5, 20));
  }

  @ParameterizedTest
  @CsvSource({"0,3,4,5", "2,0,4,5", "2,3,0,5", "2,3,4,0"})
  void takesEmptySizes(int batch, int m, int n, int k) {
    check(Numbers.random(1, batch, m, k), Numbers.random(2, batch, n, k));
  }

  @Test
  void keepsNaNInItsRow() {
    check(Numbers.random(1, 9, 17).with(4 * 17 + 3, Double.NaN), Numbers.random(2, 21, 17));
  }

  private void check(Numbers a, Numbers b) {
    check(a, input(a), b, input(b));
  }

  private void check(Numbers a, Tensor left, Numbers b, Tensor right) {
    int m = a.dim(-2);
    int n = b.dim(-2);
    int k = a.dim(-1);
    int[] dims = a.dims().clone();
    dims[dims.length - 1] = n;
    Output out = output(dims);
    subject.backend().matmulTransposed(left, right, out.tensor());
    Numbers expected = Numbers.filled(0, dims);
    Numbers magnitudes = Numbers.filled(0, dims);
    for (int i = 0; i < expected.values().length; i++) {
      int column = i % n;
      int row = i / n;
      int matrix = row / m;
      for (int j = 0; j < k; j++) {
        double term = a.values()[row * k + j] * b.values()[(matrix * n + column) * k + j];
        expected.values()[i] += term;
        magnitudes.values()[i] += Math.abs(term);
      }
    }
    out.check(expected, magnitudes);
  }
}
