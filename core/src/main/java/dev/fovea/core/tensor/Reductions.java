package dev.fovea.core.tensor;

/** Operations over the innermost dimension. */
final class Reductions {
  private Reductions() {}

  static Tensor reduce(ReduceOp op, Tensor x) {
    if (x.dim(-1) == 0) {
      throw new IllegalArgumentException("cannot reduce an empty dimension of " + x.shape());
    }
    Tensor out = x.session().allocate(x.shape().with(-1, 1));
    x.session().backend().reduce(op, x, Views.select(out, -1, 0));
    return out;
  }

  static Tensor softmax(Tensor x) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().softmax(x, out);
    return out;
  }

  static Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double eps) {
    check(x, weight);
    check(x, bias);
    Tensor out = x.session().allocate(x.shape());
    x.session()
        .backend()
        .layerNorm(x, x.session().weight(weight), x.session().weight(bias), eps, out);
    return out;
  }

  private static void check(Tensor x, Parameter p) {
    if (p.shape().elementCount() != x.dim(-1)) {
      throw new IllegalArgumentException("%s does not fit the input %s".formatted(p, x.shape()));
    }
  }
}
