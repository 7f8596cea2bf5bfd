package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.BinaryOp;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.tensor.UnaryOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions of one element and of two. */
class ElementwiseTest extends Conformance {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void takesFunctionsOfOne(UnaryOp op) {
    check(op, Numbers.random(1, 9, 33).map(x -> (float) (x * 20)));
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void takesFunctionsAtTheEdges(UnaryOp op) {
    check(
        op,
        Numbers.row(0, -0.0, 1, -1, INFINITY, -INFINITY, Double.NaN, 1e-30f, (float) 1e30, -87));
    check(op, Numbers.row(88.7f, 89, 150, -100, -104, -150, (float) 3e38, (float) -3e38, 1e-38f));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnySize(int size) {
    check(UnaryOp.EXP, Numbers.random(1, 3, size));
    checkBinary(BinaryOp.ADD, Numbers.random(1, 3, size), Numbers.random(2, 3, size));
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void takesFunctionsOfTwo(BinaryOp op) {
    checkBinary(op, Numbers.random(1, 9, 33), Numbers.random(2, 9, 33));
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void takesFunctionsOfTwoAtTheEdges(BinaryOp op) {
    Numbers edges = Numbers.row(0, 1, -1, INFINITY, -INFINITY, Double.NaN, (float) 3e38, 1e-38f);
    checkBinary(op, edges.as(8, 1).repeated(8, 8), edges.as(1, 8).repeated(8, 8));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Numbers a = Numbers.random(1, 3, 4, 18);
    Numbers b = Numbers.random(2, 3, 4, 18);
    checkBinary(BinaryOp.SUBTRACT, a, input(a, layout), b, input(b));
    checkBinary(BinaryOp.SUBTRACT, a, input(a), b, input(b, layout));
    checkBinary(BinaryOp.SUBTRACT, a, input(a, layout), b, input(b, Layout.GAPS));
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void repeatsARow(BinaryOp op) {
    Numbers a = Numbers.random(1, 4, 5, 19);
    Numbers b = Numbers.random(2, 1, 1, 19);
    checkBinary(op, a, input(a), b.repeated(a.dims()), repeated(b, a.dims()));
    checkBinary(op, b.repeated(a.dims()), repeated(b, a.dims()), a, input(a));
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void repeatsAnElement(BinaryOp op) {
    Numbers a = Numbers.random(1, 4, 5, 19);
    Numbers b = Numbers.random(2, 4, 5, 1);
    checkBinary(op, a, input(a), b.repeated(a.dims()), repeated(b, a.dims()));
    checkBinary(op, b.repeated(a.dims()), repeated(b, a.dims()), a, input(a));
  }

  @Test
  void repeatsBothSides() {
    Numbers a = Numbers.random(1, 4, 1);
    Numbers b = Numbers.random(2, 1, 19);
    checkBinary(
        BinaryOp.ADD, a.repeated(4, 19), repeated(a, 4, 19), b.repeated(4, 19), repeated(b, 4, 19));
    Numbers c = Numbers.random(3, 1, 1);
    checkBinary(
        BinaryOp.ADD, a.repeated(4, 19), repeated(a, 4, 19), c.repeated(4, 19), repeated(c, 4, 19));
  }

  @Test
  void takesScalars() {
    checkBinary(BinaryOp.MULTIPLY, new Numbers(new double[] {3}), new Numbers(new double[] {-0.5}));
    check(UnaryOp.NEGATE, new Numbers(new double[] {3}));
  }

  @Test
  void takesFiveDimensions() {
    Numbers a = Numbers.random(1, 2, 3, 2, 3, 5);
    Numbers b = Numbers.random(2, 2, 1, 2, 1, 5);
    checkBinary(
        BinaryOp.ADD, a, input(a, Layout.GAPS), b.repeated(a.dims()), repeated(b, a.dims()));
  }

  @Test
  void takesNothing() {
    check(UnaryOp.EXP, Numbers.random(1, 0, 5));
    check(UnaryOp.EXP, Numbers.random(1, 5, 0));
    checkBinary(BinaryOp.ADD, Numbers.random(1, 0, 5), Numbers.random(2, 0, 5));
    checkAffine(Numbers.random(1, 3, 0, 2), 2, 1);
  }

  @Test
  void takesLargeTensors() {
    checkBinary(BinaryOp.MULTIPLY, Numbers.random(1, 37, 1031), Numbers.random(2, 37, 1031));
    checkAffine(Numbers.random(1, 37, 1031), -1.5, 0.25);
  }

  @ParameterizedTest
  @MethodSource("tails")
  void scalesAndShifts(int size) {
    checkAffine(Numbers.random(1, 3, size), 2.5, -0.75);
  }

  @Test
  void scalesViews() {
    Numbers x = Numbers.random(1, 3, 4, 18);
    checkAffine(x, input(x, Layout.GAPS), 0.1, 0);
    checkAffine(x, input(x, Layout.OUTER_REVERSED), 1, 3);
    Numbers single = Numbers.random(1, 4, 1);
    checkAffine(single.repeated(4, 19), repeated(single, 4, 19), -2, 1);
  }

  private void check(UnaryOp op, Numbers x) {
    Output out = output(x.dims());
    subject.backend().unary(op, input(x), out.tensor());
    Numbers expected = x.map(v -> apply(op, v));
    out.check(
        expected,
        op == UnaryOp.LOG ? expected.map(v -> Math.max(Math.abs(v), 1)) : expected.map(Math::abs));
  }

  private void checkBinary(BinaryOp op, Numbers a, Numbers b) {
    checkBinary(op, a, input(a), b, input(b));
  }

  private void checkBinary(BinaryOp op, Numbers a, Tensor left, Numbers b, Tensor right) {
    Output out = output(a.dims());
    subject.backend().binary(op, left, right, out.tensor());
    Numbers expected = Numbers.filled(0, a.dims());
    for (int i = 0; i < expected.values().length; i++) {
      expected.values()[i] = apply(op, a.values()[i], b.values()[i]);
    }
    out.check(expected);
  }

  private void checkAffine(Numbers x, double factor, double summand) {
    checkAffine(x, input(x), factor, summand);
  }

  private void checkAffine(Numbers x, Tensor tensor, double factor, double summand) {
    Output out = output(x.dims());
    subject.backend().affine(tensor, factor, summand, out.tensor());
    out.check(
        x.map(v -> v * factor + summand), x.map(v -> Math.abs(v * factor) + Math.abs(summand)));
  }

  private static double apply(UnaryOp op, double x) {
    return switch (op) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case NEGATE -> -x;
    };
  }

  private static double apply(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> a > b || Double.isNaN(a) ? a : b;
    };
  }
}
