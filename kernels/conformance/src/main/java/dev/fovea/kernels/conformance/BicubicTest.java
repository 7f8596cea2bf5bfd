package dev.fovea.kernels.conformance;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bicubic interpolation. The known values are PyTorch's, computed in double precision. */
class BicubicTest extends Conformance {
  private static final Numbers KNOWN =
      new Numbers(new double[] {1, 2, 4, 8, -16, 32, 0.5, 3, -5}, 1, 1, 3, 3);
  private static final double LARGEST = 32;

  @Test
  void enlargesAsPyTorch() {
    checkKnown(
        5,
        4,
        3 / 5.0,
        3 / 4.0,
        0.08395703124999986,
        2.768234374999999,
        3.230925781249999,
        1.1385859374999996,
        5.0174140624999986,
        -5.15292578125,
        1.0877656249999998,
        19.24204296875,
        9.72265625,
        -12.625,
        -1.33984375,
        35.4453125,
        4.601770507812502,
        -4.087181640625004,
        -0.5803193359374995,
        12.595085937500013,
        -0.5820449218749992,
        4.475917968750001,
        0.5580878906250001,
        -9.51209375);
  }

  @Test
  void shrinksAsPyTorch() {
    checkKnown(
        2,
        2,
        1.5,
        1.5,
        1.0759124755859375,
        8.187431335449219,
        1.230682373046875,
        2.784698486328125);
  }

  /** With {@code scale_factor=(5.1 / 3, 4.1 / 3)}. */
  @Test
  void takesPositionsFromTheScalesThatItIsGiven() {
    checkKnown(
        5,
        4,
        3 / 5.1,
        3 / 4.1,
        0.05932385255153416,
        2.678125189005169,
        3.3647114396318387,
        1.173507513304626,
        4.841883489507936,
        -4.4605565676369965,
        0.028660971862210678,
        17.73968299695608,
        9.805986461963075,
        -11.802040763207309,
        -3.7137356085951905,
        34.073829056595436,
        5.158068050521333,
        -4.561319597789719,
        -1.7147579381514697,
        14.147957682557767,
        -0.45075355160831765,
        4.063506696868774,
        1.16038859187663,
        -8.47267128178132);
  }

  @ParameterizedTest
  @CsvSource({"1,1,3,4", "4,4,4,4", "7,7,16,16", "16,16,7,9", "5,1,2,33", "37,37,14,14"})
  void takesAnySize(int height, int width, int newHeight, int newWidth) {
    check(Numbers.random(1, 2, 3, height, width), Layout.CONTIGUOUS, newHeight, newWidth);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    check(Numbers.random(1, 2, 3, 7, 9), layout, 11, 5);
  }

  private void checkKnown(
      int height, int width, double scaleHeight, double scaleWidth, double... expected) {
    Output out = output(1, 1, height, width);
    subject.backend().interpolateBicubic(input(KNOWN), scaleHeight, scaleWidth, out.tensor());
    Numbers numbers = new Numbers(expected, 1, 1, height, width);
    out.check(numbers, numbers.map(v -> 4 * LARGEST));
  }

  private void check(Numbers x, Layout layout, int height, int width) {
    double scaleHeight = (double) x.dim(2) / height;
    double scaleWidth = (double) x.dim(3) / width;
    Output out = output(x.dim(0), x.dim(1), height, width);
    subject.backend().interpolateBicubic(input(x, layout), scaleHeight, scaleWidth, out.tensor());
    Numbers expected = Numbers.filled(0, x.dim(0), x.dim(1), height, width);
    for (int i = 0; i < expected.values().length; i++) {
      int[] at = expected.index(i);
      double y = scaleHeight * (at[2] + 0.5) - 0.5;
      double column = scaleWidth * (at[3] + 0.5) - 0.5;
      for (int row = 0; row < x.dim(2); row++) {
        for (int col = 0; col < x.dim(3); col++) {
          expected.values()[i] +=
              weight(y, row, x.dim(2))
                  * weight(column, col, x.dim(3))
                  * x.get(at[0], at[1], row, col);
        }
      }
    }
    // Positions reach the size of the picture, and their rounding moves the result.
    double size = Math.max(x.dim(2), x.dim(3));
    out.check(expected, expected.map(v -> 6 + 3 * size));
  }

  /** The share of a pixel in a sample: pixels beyond the border count for the one at the border. */
  private static double weight(double position, int pixel, int size) {
    int first = pixel == 0 ? -4 : pixel;
    int last = pixel == size - 1 ? size + 3 : pixel;
    double sum = 0;
    for (int i = first; i <= last; i++) {
      double d = Math.abs(position - i);
      if (d <= 1) {
        sum += 1.25 * Math.pow(d, 3) - 2.25 * Math.pow(d, 2) + 1;
      } else if (d < 2) {
        sum += -0.75 * Math.pow(d, 3) + 3.75 * Math.pow(d, 2) - 6 * d + 3;
      }
    }
    return sum;
  }
}
