package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** activation(x · weightᵀ + bias). */
class LinearTest extends Conformance {
  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfRows(int rows) {
    check(Numbers.random(1, rows, 20), Numbers.random(2, 21, 20), Activation.NONE);
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfInputFeatures(int in) {
    check(Numbers.random(1, 7, in), Numbers.random(2, 18, in), Activation.NONE);
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfOutputFeatures(int out) {
    check(Numbers.random(1, 7, 19), Numbers.random(2, out, 19), Activation.NONE);
  }

  @ParameterizedTest
  @CsvSource({"1,3072,40", "257,70,33", "50,768,100", "13,1030,47", "100,5,300", "6,2050,16"})
  void takesSizesOfRealModels(int rows, int in, int out) {
    check(Numbers.random(1, rows, in), Numbers.random(2, out, in), Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource(Stored.class)
  void readsWeightsOfEveryStoredType(Stored stored) {
    Numbers weight = Numbers.random(2, 17, 33);
    Numbers x = Numbers.random(1, 5, 33);
    Output out = output(5, 17);
    PackedWeight packed = subject.backend().pack(stored.parameter("w", weight));
    subject.backend().linear(input(x), packed, Optional.empty(), Activation.NONE, out.tensor());
    checkSums(out, x, stored.exact(weight), Optional.empty(), Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Numbers x = Numbers.random(1, 3, 5, 18);
    Numbers weight = Numbers.random(2, 9, 18);
    Output out = output(3, 5, 9);
    run(input(x, layout), weight, Optional.empty(), Activation.NONE, out);
    checkSums(out, x, weight, Optional.empty(), Activation.NONE);
  }

  @Test
  void readsRepeatedElements() {
    Numbers x = Numbers.random(1, 6, 1);
    Numbers weight = Numbers.random(2, 9, 21);
    Output out = output(6, 9);
    run(repeated(x, 6, 21), weight, Optional.empty(), Activation.NONE, out);
    checkSums(out, x.repeated(6, 21), weight, Optional.empty(), Activation.NONE);
  }

  @Test
  void readsRepeatedRows() {
    Numbers x = Numbers.random(1, 1, 21);
    Numbers weight = Numbers.random(2, 9, 21);
    Output out = output(6, 9);
    run(repeated(x, 6, 21), weight, Optional.empty(), Activation.NONE, out);
    checkSums(out, x.repeated(6, 21), weight, Optional.empty(), Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void appliesTheActivationAfterTheBias(Activation activation) {
    check(Numbers.random(1, 9, 12), Numbers.random(2, 35, 12), activation);
  }

  @Test
  void countsAllDimensionsOfAWeightButTheFirstAsInput() {
    PackedWeight packed =
        subject.backend().pack(Stored.floats("w", Numbers.random(1, 10, 3, 4, 5)));
    assertEquals(10, packed.outFeatures());
    assertEquals(60, packed.inFeatures());
  }

  @Test
  void saysWhatAPackedWeightCosts() {
    PackedWeight packed = subject.backend().pack(Stored.floats("w", Numbers.random(1, 64, 64)));
    assertTrue(packed.byteSize() >= 64 * 64 * 2, () -> packed.byteSize() + " bytes");
  }

  @Test
  void takesAVector() {
    Numbers x = Numbers.random(1, 11);
    Numbers weight = Numbers.random(2, 4, 11);
    Output out = output(4);
    run(input(x), weight, Optional.empty(), Activation.NONE, out);
    checkSums(out, x, weight, Optional.empty(), Activation.NONE);
  }

  @ParameterizedTest
  @CsvSource({"0,5,4", "3,5,0", "3,0,4", "0,0,0"})
  void takesEmptySizes(int rows, int in, int out) {
    check(Numbers.random(1, rows, in), Numbers.random(2, out, in), Activation.SIGMOID);
  }

  @Test
  void keepsInfinityAndNaNInTheirRow() {
    Numbers x =
        Numbers.random(1, 14, 19)
            .with(2 * 19 + 5, Double.NaN)
            .with(7 * 19 + 18, Double.POSITIVE_INFINITY);
    check(x, Numbers.random(2, 37, 19), Activation.NONE);
  }

  @Test
  void keepsNaNOfAWeightInItsFeature() {
    check(
        Numbers.random(1, 14, 19),
        Numbers.random(2, 37, 19).with(36 * 19, Double.NaN),
        Activation.NONE);
  }

  private void check(Numbers x, Numbers weight, Activation activation) {
    Numbers bias = Numbers.random(3, weight.dim(0));
    Output out = output(x.dim(0), weight.dim(0));
    run(input(x), weight, Optional.of(weight(bias)), activation, out);
    checkSums(out, x, weight, Optional.of(bias), activation);
  }

  private void run(
      Tensor x, Numbers weight, Optional<Tensor> bias, Activation activation, Output out) {
    PackedWeight packed = subject.backend().pack(Stored.floats("w", weight));
    subject.backend().linear(x, packed, bias, activation, out.tensor());
  }

  private static void checkSums(
      Output out, Numbers x, Numbers weight, Optional<Numbers> bias, Activation activation) {
    int in = weight.dim(1);
    int features = weight.dim(0);
    int rows = out.positions().length / Math.max(features, 1);
    Numbers expected = Numbers.filled(0, rows, features);
    Numbers magnitudes = Numbers.filled(0, rows, features);
    for (int i = 0; i < rows * features; i++) {
      int row = i / features;
      int feature = i % features;
      double sum = bias.isPresent() ? bias.get().values()[feature] : 0;
      double terms = Math.abs(sum);
      for (int k = 0; k < in; k++) {
        double term = x.values()[row * in + k] * weight.values()[feature * in + k];
        sum += term;
        terms += Math.abs(term);
      }
      expected.values()[i] = Functions.apply(activation, sum);
      magnitudes.values()[i] = 1.2 * terms + Functions.magnitude(activation, sum);
    }
    out.check(expected, magnitudes);
  }
}
