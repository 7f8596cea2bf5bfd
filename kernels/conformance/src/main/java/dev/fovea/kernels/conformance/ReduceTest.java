package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.ReduceOp;
import dev.fovea.core.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sum, mean and largest element over the innermost dimension. */
class ReduceTest extends Conformance {
  @ParameterizedTest
  @MethodSource("tails")
  void takesAnySize(int size) {
    for (ReduceOp op : ReduceOp.values()) {
      check(op, Numbers.random(1, 7, size));
      check(op, Numbers.random(1, size, 7));
    }
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void takesLongRows(ReduceOp op) {
    check(op, Numbers.random(1, 3, 5003));
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void readsViews(ReduceOp op) {
    Numbers x = Numbers.random(1, 3, 4, 18);
    check(op, x, input(x, Layout.SHIFTED));
    check(op, x, input(x, Layout.GAPS));
    check(op, x, input(x, Layout.OUTER_REVERSED));
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void readsRepeatedElements(ReduceOp op) {
    Numbers x = Numbers.random(1, 4, 1);
    check(op, x.repeated(4, 19), repeated(x, 4, 19));
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void takesAVector(ReduceOp op) {
    check(op, Numbers.random(1, 21));
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void takesNoRows(ReduceOp op) {
    check(op, Numbers.random(1, 0, 5));
    check(op, Numbers.random(1, 3, 0, 5));
  }

  @ParameterizedTest
  @EnumSource(ReduceOp.class)
  void keepsNaNAndInfinityInTheirRow(ReduceOp op) {
    check(
        op,
        Numbers.random(1, 5, 19)
            .with(19 + 4, Double.NaN)
            .with(2 * 19, Double.POSITIVE_INFINITY)
            .with(4 * 19 - 1, Double.NEGATIVE_INFINITY));
  }

  @Test
  void findsTheLargestOfNegativeNumbers() {
    check(ReduceOp.MAX, Numbers.random(1, 5, 33).map(x -> (float) (x - 100)));
    check(ReduceOp.MAX, Numbers.filled(Double.NEGATIVE_INFINITY, 2, 19));
  }

  private void check(ReduceOp op, Numbers x) {
    check(op, x, input(x));
  }

  private void check(ReduceOp op, Numbers x, Tensor tensor) {
    int size = x.dim(-1);
    int[] outer = Arrays.copyOf(x.dims(), x.dims().length - 1);
    Output out = output(outer);
    subject.backend().reduce(op, tensor, out.tensor());
    Numbers expected = Numbers.filled(0, outer);
    Numbers magnitudes = Numbers.filled(0, outer);
    for (int row = 0; row < expected.values().length; row++) {
      double sum = 0;
      double terms = 0;
      double max = x.values()[row * size];
      for (int i = row * size; i < (row + 1) * size; i++) {
        sum += x.values()[i];
        terms += Math.abs(x.values()[i]);
        max = Math.max(max, x.values()[i]);
      }
      expected.values()[row] =
          switch (op) {
            case SUM -> sum;
            case MEAN -> sum / size;
            case MAX -> max;
          };
      magnitudes.values()[row] =
          switch (op) {
            case SUM -> terms;
            case MEAN -> terms / size;
            case MAX -> 0;
          };
    }
    out.check(expected, magnitudes);
  }
}
