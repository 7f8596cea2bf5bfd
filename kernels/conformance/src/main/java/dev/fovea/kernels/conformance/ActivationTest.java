package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The activation functions, alone. */
class ActivationTest extends Conformance {
  private static final int STEPS = 400;

  @ParameterizedTest
  @EnumSource(Activation.class)
  void isRightFromVeryNegativeToVeryPositive(Activation activation) {
    Numbers x = Numbers.filled(0, STEPS + 1);
    for (int i = 0; i <= STEPS; i++) {
      double t = (i - STEPS / 2) / (STEPS / 2.0);
      x.values()[i] = (float) (120 * t * t * t);
    }
    check(activation, x);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void isRightNearZero(Activation activation) {
    check(activation, Numbers.row(0, -0.0, 1e-3f, -1e-3f, 1e-7f, -1e-7f, 1e-20f, -1e-20f));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void saturatesAtHugeArguments(Activation activation) {
    check(activation, Numbers.row(1e4, -1e4, (float) 1e10, (float) -1e10, (float) 1e30));
    check(activation, Numbers.row((float) -1e30, (float) 3e38, (float) -3e38));
  }

  /** As in PyTorch, where a gate of 0 times minus infinity is NaN. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void propagatesNaNAndInfinity(Activation activation) {
    double atMinusInfinity =
        switch (activation) {
          case NONE -> Double.NEGATIVE_INFINITY;
          case RELU, SIGMOID -> 0;
          case TANH -> -1;
          case QUICK_GELU, GELU, GELU_TANH, SILU -> Double.NaN;
        };
    double atInfinity =
        activation == Activation.SIGMOID || activation == Activation.TANH
            ? 1
            : Double.POSITIVE_INFINITY;
    Numbers x =
        Numbers.row(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
            .as(4, 1)
            .repeated(4, 19);
    Output out = output(4, 19);
    subject.backend().activation(activation, input(x), out.tensor());
    double[] results = out.read();
    for (int column = 0; column < 19; column++) {
      assertEquals(Double.NaN, results[19 + column]);
      assertEquals(atInfinity, results[2 * 19 + column]);
      assertEquals(atMinusInfinity, results[3 * 19 + column]);
    }
  }

  @Test
  void agreesWithKnownValues() {
    Numbers x = Numbers.row(-6, -3.5, -1, -0.25, 0.125, 1, 2.5, 3.75, 8);
    Numbers size = x.map(Math::abs);
    Output gelu = output(9);
    subject.backend().activation(Activation.GELU, input(x), gelu.tensor());
    gelu.check(
        Numbers.row(
            -5.919525870226207e-09,
            -0.0008142017766243376,
            -0.15865525393145707,
            -0.10032341857926907,
            0.06871727810376412,
            0.8413447460685429,
            2.4844758366855597,
            3.7496684351804968,
            7.999999999999995),
        size);
    Output tanh = output(9);
    subject.backend().activation(Activation.GELU_TANH, input(x), tanh.tensor());
    tanh.check(
        Numbers.row(
            -8.43964897967453e-11,
            -0.0006161976553737403,
            -0.15880800939172324,
            -0.100324649298315,
            0.06871719862422339,
            0.8411919906082768,
            2.484915733910001,
            3.7497807479275584,
            8.0),
        size);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    check(Activation.QUICK_GELU, x, input(x, layout));
  }

  @Test
  void readsRepeatedElements() {
    Numbers x = Numbers.random(1, 5, 1);
    check(Activation.GELU, x.repeated(5, 19), repeated(x, 5, 19));
  }

  private void check(Activation activation, Numbers x) {
    check(activation, x, input(x));
  }

  private void check(Activation activation, Numbers x, Tensor tensor) {
    Output out = output(x.dims());
    subject.backend().activation(activation, tensor, out.tensor());
    out.check(
        x.map(v -> Functions.apply(activation, v)), x.map(v -> Functions.magnitude(activation, v)));
  }
}
