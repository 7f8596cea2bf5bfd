package dev.fovea.core.tensor;

import dev.fovea.core.autograd.GradientSink;
import java.util.List;

/** Elementwise operations. */
final class Arithmetic {
  private Arithmetic() {}

  static Tensor binary(BinaryOp op, Tensor left, Tensor right) {
    Shape shape = broadcastShape(left.shape(), right.shape());
    Tensor a = Views.broadcast(left, shape);
    Tensor b = Views.broadcast(right, shape);
    Tensor out = a.session().allocate(shape);
    a.session().backend().binary(op, a, b, out);
    List<Tensor> inputs = List.of(a, b);
    boolean linear = op == BinaryOp.ADD || op == BinaryOp.SUBTRACT;
    return a.session()
        .record(
            out, inputs, linear ? List.of() : inputs, (g, to) -> binaryGradient(op, a, b, g, to));
  }

  private static void binaryGradient(BinaryOp op, Tensor a, Tensor b, Tensor g, GradientSink to) {
    switch (op) {
      case ADD -> {
        to.add(a, () -> g);
        to.add(b, () -> g);
      }
      case SUBTRACT -> {
        to.add(a, () -> g);
        to.add(b, () -> g.times(-1));
      }
      case MULTIPLY -> {
        to.add(a, () -> g.times(b));
        to.add(b, () -> g.times(a));
      }
      case DIVIDE -> {
        to.add(a, () -> g.dividedBy(b));
        // d(a/b)/db = -a / b²
        to.add(b, () -> g.times(a).dividedBy(b.times(b)).times(-1));
      }
      case MAXIMUM -> {
        // max(a, b) = b + relu(a - b)
        Tensor toA = activationGradient(Activation.RELU, a.minus(b), g);
        to.add(a, () -> toA);
        to.add(b, () -> g.minus(toA));
      }
    }
  }

  static Tensor unary(UnaryOp op, Tensor x) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().unary(op, x, out);
    return x.session()
        .record(
            out,
            List.of(x),
            List.of(x, out),
            (g, to) ->
                to.add(
                    x,
                    () ->
                        switch (op) {
                          case EXP -> g.times(out);
                          case LOG -> g.dividedBy(x);
                          // d sqrt(x) = dx / (2 sqrt(x))
                          case SQRT -> g.dividedBy(out).times(0.5);
                          case NEGATE -> g.times(-1);
                        }));
  }

  static Tensor activation(Activation activation, Tensor x) {
    if (activation == Activation.NONE) {
      return x;
    }
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().activation(activation, x, out);
    return x.session()
        .record(
            out,
            List.of(x),
            List.of(x),
            (g, to) -> to.add(x, () -> activationGradient(activation, x, g)));
  }

  private static Tensor activationGradient(Activation activation, Tensor x, Tensor gradient) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().derivatives().activation(activation, x, gradient, out);
    return out;
  }

  static Tensor affine(Tensor x, double factor, double summand) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().affine(x, factor, summand, out);
    return x.session()
        .record(out, List.of(x), List.of(), (g, to) -> to.add(x, () -> g.times(factor)));
  }

  private static Shape broadcastShape(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.dim(-i) : 1;
      int right = i <= b.rank() ? b.dim(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException("cannot broadcast %s with %s".formatted(a, b));
      }
      dims[rank - i] = left == 1 ? right : left;
    }
    return Shape.of(dims);
  }
}
