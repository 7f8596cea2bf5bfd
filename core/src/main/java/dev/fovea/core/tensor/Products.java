package dev.fovea.core.tensor;

import dev.fovea.core.autograd.GradientSink;
import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.engine.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Matrix products and attention. */
final class Products {
  private Products() {}

  static Tensor linear(
      Tensor x, Parameter weight, Optional<Parameter> bias, Activation activation) {
    Session session = x.session();
    PackedWeight packed = session.engine().packed(weight);
    if (x.dim(-1) != packed.inFeatures()) {
      throw new IllegalArgumentException(
          "input %s does not fit weight %s".formatted(x.shape(), weight));
    }
    bias.ifPresent(b -> checkBias(b, weight));
    Parameter[] parameters =
        Stream.concat(Stream.of(weight), bias.stream()).toArray(Parameter[]::new);
    boolean recorded = session.records(List.of(x), parameters);
    if (recorded && activation != Activation.NONE) {
      // The activation's derivative needs its input, which the fused operation does not keep.
      return linear(x, weight, bias, Activation.NONE).activate(activation);
    }
    Tensor out = session.allocate(x.shape().with(-1, packed.outFeatures()));
    session.backend().linear(x, packed, bias.map(session::weight), activation, out);
    return session.record(
        out,
        List.of(x),
        session.records(List.of(), weight) ? List.of(x) : List.of(),
        (g, to) -> linearGradient(x, weight, bias, g, to),
        parameters);
  }

  /** With y = x·wᵀ + b: dx = g·w, dw = gᵀ·x, db = the sum of g's rows. */
  private static void linearGradient(
      Tensor x, Parameter weight, Optional<Parameter> bias, Tensor gradient, GradientSink to) {
    int in = x.dim(-1);
    int out = gradient.dim(-1);
    int rows = Math.toIntExact(gradient.shape().elementCount() / Math.max(out, 1));
    Tensor g = gradient.reshape(rows, out);
    to.add(
        x, () -> matmul(g, x.session().weight(weight).reshape(out, in)).reshape(x.shape().dims()));
    to.add(
        weight, () -> matmul(g.permute(1, 0), x.reshape(rows, in)).reshape(weight.shape().dims()));
    bias.ifPresent(b -> to.add(b, () -> g.permute(1, 0).sum().reshape(b.shape().dims())));
  }

  /** A bias has one element for each output feature. */
  static void checkBias(Parameter bias, Parameter weight) {
    if (bias.shape().elementCount() != weight.shape().dim(0)) {
      throw new IllegalArgumentException("bias %s does not fit weight %s".formatted(bias, weight));
    }
  }

  static Tensor matmulTransposed(Tensor a, Tensor b) {
    boolean fits = a.rank() == b.rank() && a.rank() >= 2 && a.dim(-1) == b.dim(-1);
    for (int i = 0; fits && i < a.rank() - 2; i++) {
      fits = a.dim(i) == b.dim(i);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "cannot multiply %s by the transpose of %s".formatted(a.shape(), b.shape()));
    }
    Tensor out = a.session().allocate(a.shape().with(-1, b.dim(-2)));
    a.session().backend().matmulTransposed(a, b, out);
    return a.session()
        .record(
            out,
            List.of(a, b),
            List.of(a, b),
            (g, to) -> {
              to.add(a, () -> matmul(g, b));
              to.add(b, () -> matmul(transposed(g), a));
            });
  }

  /** a · b for every matrix of the batch. */
  static Tensor matmul(Tensor a, Tensor b) {
    return matmulTransposed(a, transposed(b));
  }

  private static Tensor transposed(Tensor x) {
    int[] axes = new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    axes[axes.length - 1] = axes.length - 2;
    axes[axes.length - 2] = axes.length - 1;
    return x.permute(axes);
  }

  static Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec) {
    checkAttention(q, k, v, spec);
    Tensor out = q.session().allocate(q.shape());
    q.session().backend().attention(q, k, v, spec, Optional.empty(), out);
    List<Tensor> inputs = List.of(q, k, v);
    return q.session()
        .record(out, inputs, inputs, (g, to) -> attentionGradient(q, k, v, spec, g, to));
  }

  private static void attentionGradient(
      Tensor q, Tensor k, Tensor v, AttentionSpec spec, Tensor gradient, GradientSink to) {
    Session session = q.session();
    Tensor toQ = session.allocate(q.shape());
    Tensor toK = session.allocate(k.shape());
    Tensor toV = session.allocate(v.shape());
    session.backend().derivatives().attention(q, k, v, spec, gradient, toQ, toK, toV);
    to.add(q, () -> toQ);
    to.add(k, () -> toK);
    to.add(v, () -> toV);
  }

  static Tensor attentionWithProbabilities(
      Tensor q, Tensor k, Tensor v, AttentionSpec spec, UnaryOperator<Tensor> probabilities) {
    checkAttention(q, k, v, spec);
    int batch = q.dim(0);
    int queries = q.dim(1);
    int keys = k.dim(1);
    if (q.session().records(List.of(q, k, v))) {
      return AttentionSteps.attention(q, k, v, spec, probabilities);
    }
    Tensor out = q.session().allocate(q.shape());
    Tensor probs = q.session().allocate(Shape.of(batch, spec.numHeads(), queries, keys));
    q.session().backend().attention(q, k, v, spec, Optional.of(probs), out);
    Tensor changed = probabilities.apply(probs);
    if (changed == probs) {
      return out;
    }
    return AttentionSteps.mix(changed, v, spec);
  }

  private static void checkAttention(Tensor q, Tensor k, Tensor v, AttentionSpec spec) {
    boolean fits =
        q.rank() == 3
            && k.rank() == 3
            && k.shape().equals(v.shape())
            && q.dim(0) == k.dim(0)
            && q.dim(2) % spec.numHeads() == 0
            && (long) q.dim(2) * spec.numKeyValueHeads() == (long) k.dim(2) * spec.numHeads();
    if (!fits) {
      throw new IllegalArgumentException(
          "attention of queries %s, keys %s, values %s with %d and %d heads"
              .formatted(
                  q.shape(), k.shape(), v.shape(), spec.numHeads(), spec.numKeyValueHeads()));
    }
  }
}
