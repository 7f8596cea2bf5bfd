package dev.fovea.core.tensor;

import dev.fovea.core.autograd.GradientSink;
import dev.fovea.core.engine.Session;
import java.util.Arrays;
import java.util.List;

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
    Tensor reduced = Views.reshape(out, x.shape().with(-1, 1).dims());
    return x.session()
        .record(
            reduced,
            List.of(x),
            List.of(x, reduced),
            (g, to) -> reduceGradient(op, x, reduced, g, to));
  }

  private static void reduceGradient(
      ReduceOp op, Tensor x, Tensor reduced, Tensor g, GradientSink to) {
    switch (op) {
      case SUM -> to.add(x, () -> g.broadcastTo(x.shape()));
      case MEAN -> to.add(x, () -> g.times(1.0 / x.dim(-1)).broadcastTo(x.shape()));
      case MAX ->
          throw new IllegalStateException(
              "the maximum of %s has no gradient here; %s".formatted(x.shape(), reduced.shape()));
    }
  }

  static Tensor softmax(Tensor x) {
    Tensor out = x.session().allocate(x.shape());
    x.session().backend().softmax(x, out);
    // d softmax(x) = y · (g - sum(g · y))
    return x.session()
        .record(
            out,
            List.of(x),
            List.of(out),
            (g, to) -> to.add(x, () -> out.times(g.minus(g.times(out).sum()))));
  }

  /** x - max - log(sum(exp(x - max))): the maximum only keeps exp in range and has no gradient. */
  static Tensor logSoftmax(Tensor x) {
    Tensor max = x.session().withoutRecording(() -> reduce(ReduceOp.MAX, x));
    Tensor shifted = x.minus(max);
    return shifted.minus(shifted.exp().sum().log());
  }

  static Tensor layerNorm(Tensor x, Parameter weight, Parameter bias, double eps) {
    check(x, weight);
    check(x, bias);
    Session session = x.session();
    Tensor w = session.weight(weight);
    Tensor out = session.allocate(x.shape());
    session.backend().layerNorm(x, w, session.weight(bias), eps, out);
    return session.record(
        out,
        List.of(x),
        List.of(x),
        (g, to) -> layerNormGradient(x, weight, bias, eps, g, to),
        weight,
        bias);
  }

  private static void layerNormGradient(
      Tensor x, Parameter weight, Parameter bias, double eps, Tensor gradient, GradientSink to) {
    Session session = x.session();
    Tensor toX = session.allocate(x.shape());
    Tensor toWeight = session.allocate(weight.shape());
    Tensor toBias = session.allocate(bias.shape());
    session
        .backend()
        .derivatives()
        .layerNorm(x, session.weight(weight), eps, gradient, toX, toWeight, toBias);
    to.add(x, () -> toX);
    to.add(weight, () -> toWeight);
    to.add(bias, () -> toBias);
  }

  private static void check(Tensor x, Parameter p) {
    if (p.shape().elementCount() != x.dim(-1)) {
      throw new IllegalArgumentException("%s does not fit the input %s".formatted(p, x.shape()));
    }
  }
}
