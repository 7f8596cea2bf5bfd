package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies between views with any strides. */
class CopyTest extends Conformance {
  @ParameterizedTest
  @EnumSource(Layout.class)
  void readsAnyView(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    check(x, input(x, layout), Layout.SHIFTED);
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void writesAnyView(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    check(x, input(x), layout);
    check(x, input(x, Layout.GAPS), layout);
    check(x, input(x, Layout.REVERSED), layout);
  }

  @ParameterizedTest
  @MethodSource("tails")
  void transposesMatricesOfAnySize(int size) {
    Numbers x = Numbers.random(1, size, 19);
    check(x, input(x, Layout.REVERSED), Layout.CONTIGUOUS);
    Numbers y = Numbers.random(1, 19, size);
    check(y, input(y, Layout.REVERSED), Layout.GAPS);
  }

  @Test
  void repeats() {
    Numbers x = Numbers.random(1, 4, 1, 1);
    check(x.repeated(4, 3, 19), repeated(x, 4, 3, 19), Layout.SHIFTED);
    Numbers y = Numbers.random(1, 1, 3, 19);
    check(y.repeated(4, 3, 19), repeated(y, 4, 3, 19), Layout.GAPS);
  }

  @Test
  void copiesALargeTensor() {
    Numbers x = Numbers.random(1, 67, 3, 511);
    check(x, input(x, Layout.OUTER_REVERSED), Layout.SHIFTED);
  }

  @Test
  void copiesNothingAndScalars() {
    Numbers none = Numbers.random(1, 3, 0, 4);
    check(none, input(none), Layout.SHIFTED);
    Numbers scalar = new Numbers(new double[] {2.5});
    check(scalar, input(scalar), Layout.SHIFTED);
  }

  @Test
  void keepsNaNInfinityAndTheSignOfZero() {
    Numbers x =
        Numbers.row(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, -0.0);
    check(x, input(x), Layout.SHIFTED);
  }

  private void check(Numbers x, Tensor tensor, Layout layout) {
    Output out = output(layout, x.dims());
    subject.backend().copy(tensor, out.tensor());
    out.check(x, x.map(v -> 0));
  }
}
