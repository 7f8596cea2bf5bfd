package dev.fovea.core.tensor;

import java.util.Arrays;

/** Operations over the innermost dimension. */
final class Reductions {
  private Reductions() {}

  static Tensor reduce(ReduceOp op, Tensor x) {
    if (x.dim(-1) == 0) {
      throw new IllegalArgumentException("cannot reduce an empty dimension of " + x.shape());
    }
    int[] outer = Arrays.copyOf(x.shape().dims(), x.rank() - 1);
    Tensor out = x.session().allocate(Shape.of(outer));
    x.session().backend().reduce(op, x, out);
    return Views.reshape(out, x.shape().with(-1, 1).dims());
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
