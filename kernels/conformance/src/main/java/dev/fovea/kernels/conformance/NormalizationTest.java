package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layer normalisation, root mean square normalisation and softmax over the innermost dimension. */
class NormalizationTest extends Conformance {
  private static final double EPS = 1e-5;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @MethodSource("tails")
  void normalizesLayersOfAnySize(int hidden) {
    checkLayerNorm(Numbers.random(1, 7, hidden));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void normalizesAnyNumberOfRows(int rows) {
    checkLayerNorm(Numbers.random(1, rows, 20));
  }

  @Test
  void normalizesWideLayers() {
    checkLayerNorm(Numbers.random(1, 5, 1030));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void normalizesViews(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    checkLayerNorm(x, input(x, layout));
  }

  @Test
  void normalizesRepeatedRows() {
    Numbers x = Numbers.random(1, 1, 18);
    checkLayerNorm(x.repeated(5, 18), repeated(x, 5, 18));
  }

  @Test
  void normalizesConstantsToTheBias() {
    checkLayerNorm(Numbers.filled(3, 5, 19));
    Numbers x = Numbers.filled(-7, 5, 1);
    checkLayerNorm(x.repeated(5, 24), repeated(x, 5, 24));
  }

  @Test
  void normalizesSmallDifferencesOfLargeNumbers() {
    checkLayerNorm(Numbers.random(1, 5, 100).map(x -> (float) (1000 + x)));
  }

  @Test
  void normalizesNothing() {
    checkLayerNorm(Numbers.random(1, 0, 8));
    checkRmsNorm(Numbers.random(1, 0, 8));
    checkSoftmax(Numbers.random(1, 0, 8));
    checkSoftmax(Numbers.random(1, 8, 0));
  }

  @Test
  void keepsNaNAndInfinityOfALayerInItsRow() {
    checkLayerNorm(Numbers.random(1, 6, 19).with(25, Double.NaN).with(70, INFINITY));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void dividesByTheRootMeanSquare(int hidden) {
    checkRmsNorm(Numbers.random(1, 7, hidden));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void dividesViewsByTheRootMeanSquare(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    checkRmsNorm(x, input(x, layout));
  }

  @Test
  void keepsZerosUnderTheRootMeanSquare() {
    checkRmsNorm(Numbers.filled(0, 3, 12));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesSoftmaxOfAnySize(int size) {
    checkSoftmax(Numbers.random(1, 7, size).map(x -> (float) (4 * x)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void takesSoftmaxOfViews(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    checkSoftmax(x, input(x, layout));
  }

  @Test
  void takesSoftmaxOfRepeatedElements() {
    Numbers x = Numbers.random(1, 3, 1);
    checkSoftmax(x.repeated(3, 19), repeated(x, 3, 19));
  }

  @Test
  void takesSoftmaxOfHugeValues() {
    Numbers x = Numbers.filled((float) -3e38, 4, 19);
    checkSoftmax(x.with(3, (float) 3e38).with(19 + 18, 1e6).with(38, (float) 3e38));
  }

  @Test
  void takesSoftmaxOfWideSpreads() {
    checkSoftmax(Numbers.random(1, 5, 40).map(x -> (float) (x * 60)));
  }

  @Test
  void givesNothingToNegativeInfinity() {
    checkSoftmax(Numbers.random(1, 4, 19).with(3, -INFINITY).with(19, -INFINITY));
  }

  @Test
  void givesNaNForARowWithInfinityOrNaN() {
    Numbers x = Numbers.random(1, 6, 19).with(20, INFINITY).with(3 * 19 - 1, Double.NaN);
    for (int i = 4 * 19; i < 5 * 19; i++) {
      x = x.with(i, -INFINITY);
    }
    checkSoftmax(x);
  }

  private void checkLayerNorm(Numbers x) {
    checkLayerNorm(x, input(x));
  }

  private void checkLayerNorm(Numbers x, Tensor tensor) {
    int hidden = x.dim(-1);
    Numbers weight = Numbers.random(11, hidden);
    Numbers bias = Numbers.random(12, hidden);
    Output out = output(x.dims());
    subject.backend().layerNorm(tensor, weight(weight), weight(bias), EPS, out.tensor());
    Numbers expected = Numbers.filled(0, x.dims());
    Numbers magnitudes = Numbers.filled(0, x.dims());
    for (int start = 0; start < x.values().length; start += hidden) {
      double mean = 0;
      double largest = 0;
      for (int i = 0; i < hidden; i++) {
        mean += x.values()[start + i] / hidden;
        largest = Math.max(largest, Math.abs(x.values()[start + i]));
      }
      double variance = 0;
      for (int i = 0; i < hidden; i++) {
        variance += Math.pow(x.values()[start + i] - mean, 2) / hidden;
      }
      double deviation = Math.sqrt(variance + EPS);
      for (int i = 0; i < hidden; i++) {
        double scale = weight.values()[i] / deviation;
        expected.values()[start + i] = (x.values()[start + i] - mean) * scale + bias.values()[i];
        magnitudes.values()[start + i] = 4 * largest * Math.abs(scale) + 1;
      }
    }
    out.check(expected, magnitudes);
  }

  private void checkRmsNorm(Numbers x) {
    checkRmsNorm(x, input(x));
  }

  private void checkRmsNorm(Numbers x, Tensor tensor) {
    int hidden = x.dim(-1);
    Numbers weight = Numbers.random(11, hidden);
    Output out = output(x.dims());
    subject.backend().rmsNorm(tensor, weight(weight), EPS, out.tensor());
    Numbers expected = Numbers.filled(0, x.dims());
    for (int start = 0; start < x.values().length; start += hidden) {
      double squares = 0;
      for (int i = 0; i < hidden; i++) {
        squares += x.values()[start + i] * x.values()[start + i];
      }
      for (int i = 0; i < hidden; i++) {
        expected.values()[start + i] =
            x.values()[start + i] / Math.sqrt(squares / hidden + EPS) * weight.values()[i];
      }
    }
    out.check(expected);
  }

  private void checkSoftmax(Numbers x) {
    checkSoftmax(x, input(x));
  }

  private void checkSoftmax(Numbers x, Tensor tensor) {
    int size = x.dim(-1);
    Output out = output(x.dims());
    subject.backend().softmax(tensor, out.tensor());
    Numbers expected = Numbers.filled(0, x.dims());
    Numbers magnitudes = Numbers.filled(0, x.dims());
    for (int start = 0; start < x.values().length; start += size) {
      double max = -INFINITY;
      for (int i = 0; i < size; i++) {
        max = Math.max(max, x.values()[start + i]);
      }
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += Math.exp(x.values()[start + i] - max);
      }
      for (int i = 0; i < size; i++) {
        double distance = x.values()[start + i] - max;
        double probability = Math.exp(distance) / sum;
        expected.values()[start + i] = probability;
        magnitudes.values()[start + i] =
            probability == 0 ? 0 : probability * (1 - Math.max(distance, -1000) / 10);
      }
    }
    out.check(expected, magnitudes);
  }
}
