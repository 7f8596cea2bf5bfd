package dev.fovea.core.tensor;

import dev.fovea.core.backend.PackedWeight;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Matrix products and attention. */
final class Products {
  private Products() {}

  static Tensor linear(
      Tensor x, Parameter weight, Optional<Parameter> bias, Activation activation) {
    PackedWeight packed = x.session().engine().packed(weight);
    if (x.dim(-1) != packed.inFeatures()) {
      throw new IllegalArgumentException(
          "input %s does not fit weight %s".formatted(x.shape(), weight));
    }
    bias.ifPresent(b -> checkBias(b, weight));
    Tensor out = x.session().allocate(x.shape().with(-1, packed.outFeatures()));
    x.session().backend().linear(x, packed, bias.map(b -> x.session().weight(b)), activation, out);
    return out;
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
    return out;
  }

  static Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec) {
    checkAttention(q, k, v, spec);
    Tensor out = q.session().allocate(q.shape());
    q.session().backend().attention(q, k, v, spec, Optional.empty(), out);
    return out;
  }

  static Tensor attentionWithProbabilities(
      Tensor q, Tensor k, Tensor v, AttentionSpec spec, UnaryOperator<Tensor> probabilities) {
    checkAttention(q, k, v, spec);
    int batch = q.dim(0);
    int queries = q.dim(1);
    int keys = k.dim(1);
    int headDim = q.dim(2) / spec.numHeads();
    Tensor out = q.session().allocate(q.shape());
    Tensor probs = q.session().allocate(Shape.of(batch, spec.numHeads(), queries, keys));
    q.session().backend().attention(q, k, v, spec, Optional.of(probs), out);
    Tensor changed = probabilities.apply(probs);
    if (changed == probs) {
      return out;
    }
    int group = spec.numHeads() / spec.numKeyValueHeads();
    Tensor valuesByHead =
        v.reshape(batch, keys, spec.numKeyValueHeads(), 1, headDim)
            .broadcastTo(Shape.of(batch, keys, spec.numKeyValueHeads(), group, headDim))
            .contiguous()
            .reshape(batch, keys, spec.numHeads(), headDim)
            .permute(0, 2, 3, 1);
    return changed
        .matmulTransposed(valuesByHead)
        .permute(0, 2, 1, 3)
        .reshape(batch, queries, spec.numHeads() * headDim);
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
