package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;

/** Multi-head attention (Vaswani et al. 2017, section 3.2.2), named as CLIP and SigLIP do. */
public record Attention(Linear kProj, Linear vProj, Linear qProj, Linear outProj, int numHeads) {
  public static Attention bind(Binder at, int hiddenSize, int numHeads) {
    return bind(at, hiddenSize, numHeads, true);
  }

  /**
   * Binds attention within one width.
   *
   * @param qkvBias whether queries, keys and values have a bias; the output always has
   */
  public static Attention bind(Binder at, int hiddenSize, int numHeads, boolean qkvBias) {
    return new Attention(
        Linear.bind(at.at("k_proj"), hiddenSize, hiddenSize, qkvBias),
        Linear.bind(at.at("v_proj"), hiddenSize, hiddenSize, qkvBias),
        Linear.bind(at.at("q_proj"), hiddenSize, hiddenSize, qkvBias),
        Linear.bind(at.at("out_proj"), hiddenSize, hiddenSize),
        numHeads);
  }

  /** Self-attention. x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    return forward(x, x, mask);
  }

  /**
   * Attention of some tokens to others.
   *
   * @param x [batch, queries, hidden]
   * @param context [batch, keys, hidden]
   * @return [batch, queries, hidden]
   */
  public Tensor forward(Tensor x, Tensor context, Mask mask) {
    Tensor queries = qProj.forward(x);
    float scale = (float) (1 / Math.sqrt(queries.dim(-1) / numHeads));
    AttentionSpec spec = new AttentionSpec(numHeads, numHeads, scale, mask);
    Tensor attended = queries.attend(this, kProj.forward(context), vProj.forward(context), spec);
    return outProj.forward(attended).tap(this, "output");
  }
}
