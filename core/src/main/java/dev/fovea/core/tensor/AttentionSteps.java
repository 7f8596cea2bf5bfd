package dev.fovea.core.tensor;

import java.util.function.UnaryOperator;

/** Attention in single operations, for those who see or change the probabilities under a tape. */
final class AttentionSteps {
  /** Far below every score, yet finite, so that a row that sees nothing has no NaN. */
  private static final float HIDDEN = -1e30f;

  private AttentionSteps() {}

  static Tensor attention(
      Tensor q, Tensor k, Tensor v, AttentionSpec spec, UnaryOperator<Tensor> probabilities) {
    int headDim = q.dim(2) / spec.numHeads();
    Tensor queries = q.reshape(q.dim(0), q.dim(1), spec.numHeads(), headDim).permute(0, 2, 1, 3);
    Tensor keys = repeated(k, spec).permute(0, 2, 1, 3);
    Shape maskShape = Shape.of(q.dim(0), 1, q.dim(1), k.dim(1));
    Tensor visible = visible(q, spec.mask(), maskShape);
    Tensor hidden = visible.times(-HIDDEN).plus(HIDDEN);
    Tensor scores = queries.matmulTransposed(keys).times(spec.scale()).plus(hidden);
    Tensor probs = probabilities.apply(scores.softmax().times(visible));
    return mix(probs, v, spec);
  }

  /**
   * Values weighted by probabilities.
   *
   * @param probs [batch, numHeads, queries, keys]
   * @return [batch, queries, numHeads * headDim]
   */
  static Tensor mix(Tensor probs, Tensor v, AttentionSpec spec) {
    Tensor values = repeated(v, spec).permute(0, 2, 3, 1);
    return probs.matmulTransposed(values).permute(0, 2, 1, 3).reshape(v.dim(0), probs.dim(2), -1);
  }

  /** Key or value heads, repeated for the query heads that share them: [batch, keys, heads, d]. */
  private static Tensor repeated(Tensor x, AttentionSpec spec) {
    int shared = spec.numKeyValueHeads();
    int group = spec.numHeads() / shared;
    int headDim = x.dim(2) / shared;
    return x.reshape(x.dim(0), x.dim(1), shared, 1, headDim)
        .broadcastTo(Shape.of(x.dim(0), x.dim(1), shared, group, headDim))
        .reshape(x.dim(0), x.dim(1), spec.numHeads(), headDim);
  }

  private static Tensor visible(Tensor x, Mask mask, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elementCount())];
    int i = 0;
    for (int batch = 0; batch < shape.dim(0); batch++) {
      for (int query = 0; query < shape.dim(2); query++) {
        for (int key = 0; key < shape.dim(3); key++) {
          values[i++] = mask.visible(batch, query, key) ? 1 : 0;
        }
      }
    }
    return x.session().tensor(values, shape.dims());
  }
}
