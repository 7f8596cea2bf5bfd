package dev.fovea.core.tensor;

/** Elementwise operations. */
final class Arithmetic {
  private Arithmetic() {}

  static Tensor binary(BinaryOp op, Tensor a, Tensor b) {
    Shape shape = broadcastShape(a.shape(), b.shape());
    Tensor out = a.session().allocate(shape);
    a.session().backend().binary(op, Views.broadcast(a, shape), Views.broadcast(b, shape), out);
    return out;
  }

  static Tensor unary(UnaryOp op, Tensor x) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().unary(op, x, out);
    return out;
  }

  static Tensor activation(Activation activation, Tensor x) {
    if (activation == Activation.NONE) {
      return x;
    }
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().activation(activation, x, out);
    return out;
  }

  static Tensor affine(Tensor x, double factor, double summand) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().affine(x, factor, summand, out);
    return out;
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
