package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.Conv2d;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Largest element and mean of windows. */
class PoolingTest extends Conformance {
  @ParameterizedTest
  @CsvSource({"1,1,1,1,0", "7,9,3,2,1", "8,8,2,2,0", "17,5,3,1,1", "5,33,5,3,2", "6,6,6,6,0"})
  void findsTheLargest(int height, int width, int kernel, int stride, int padding) {
    Numbers x = Numbers.random(1, 2, 3, height, width).map(v -> (float) (v - 10));
    check(x, Conv2d.square(kernel, stride, padding), Layout.CONTIGUOUS, true);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "8,8,2,2", "7,9,2,2", "17,5,3,1", "5,33,5,3", "6,6,6,6"})
  void averages(int height, int width, int kernel, int stride) {
    Numbers x = Numbers.random(1, 2, 3, height, width);
    check(x, Conv2d.square(kernel, stride, 0), Layout.CONTIGUOUS, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Numbers x = Numbers.random(1, 2, 3, 7, 9);
    check(x, Conv2d.square(3, 2, 1), layout, true);
    check(x, Conv2d.square(3, 2, 0), layout, false);
  }

  @Test
  void takesWindowsThatAreNotSquare() {
    Numbers x = Numbers.random(1, 1, 2, 7, 9);
    check(x, new Conv2d(2, 3, 2, 1, 1), Layout.CONTIGUOUS, true);
    check(x, new Conv2d(3, 2, 1, 0, 1), Layout.CONTIGUOUS, false);
  }

  @Test
  void propagatesNaN() {
    Numbers x = Numbers.random(1, 1, 1, 6, 19).with(40, Double.NaN);
    check(x, Conv2d.square(2, 2, 0), Layout.CONTIGUOUS, true);
    check(x, Conv2d.square(2, 2, 0), Layout.CONTIGUOUS, false);
    check(x, Conv2d.square(3, 1, 1), Layout.CONTIGUOUS, true);
  }

  @Test
  void takesNoPictures() {
    Numbers x = Numbers.random(1, 0, 3, 6, 6);
    check(x, Conv2d.square(2, 2, 0), Layout.CONTIGUOUS, true);
    check(x, Conv2d.square(2, 2, 0), Layout.CONTIGUOUS, false);
  }

  private void check(Numbers x, Conv2d window, Layout layout, boolean largest) {
    int[] dims = {x.dim(0), x.dim(1), window.outputHeight(x.dim(2)), window.outputWidth(x.dim(3))};
    Output out = output(dims);
    if (largest) {
      subject.backend().maxPool2d(input(x, layout), window, out.tensor());
    } else {
      subject.backend().averagePool2d(input(x, layout), window, out.tensor());
    }
    Numbers expected = Numbers.filled(0, dims);
    Numbers magnitudes = Numbers.filled(0, dims);
    for (int i = 0; i < expected.values().length; i++) {
      int[] at = expected.index(i);
      double max = Double.NEGATIVE_INFINITY;
      double sum = 0;
      double terms = 0;
      for (int ky = 0; ky < window.kernelHeight(); ky++) {
        for (int kx = 0; kx < window.kernelWidth(); kx++) {
          int y = at[2] * window.stride() + ky - window.padding();
          int column = at[3] * window.stride() + kx - window.padding();
          if (y >= 0 && y < x.dim(2) && column >= 0 && column < x.dim(3)) {
            double value = x.get(at[0], at[1], y, column);
            max = Math.max(max, value);
            sum += value;
            terms += Math.abs(value);
          }
        }
      }
      int area = window.kernelHeight() * window.kernelWidth();
      expected.values()[i] = largest ? max : sum / area;
      magnitudes.values()[i] = largest ? 0 : terms / area;
    }
    out.check(expected, magnitudes);
  }
}
