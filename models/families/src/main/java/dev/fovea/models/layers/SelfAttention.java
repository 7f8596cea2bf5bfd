package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;

/** Multi-head self-attention (Vaswani et al. 2017, section 3.2.2), named as CLIP and SigLIP do. */
public record SelfAttention(
    Linear kProj, Linear vProj, Linear qProj, Linear outProj, int numHeads) {
  public static SelfAttention bind(Binder at, int hiddenSize, int numHeads) {
    return new SelfAttention(
        Linear.bind(at.at("k_proj"), hiddenSize, hiddenSize),
        Linear.bind(at.at("v_proj"), hiddenSize, hiddenSize),
        Linear.bind(at.at("q_proj"), hiddenSize, hiddenSize),
        Linear.bind(at.at("out_proj"), hiddenSize, hiddenSize),
        numHeads);
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    float scale = (float) (1 / Math.sqrt(x.dim(-1) / numHeads));
    AttentionSpec spec = new AttentionSpec(numHeads, numHeads, scale, mask);
    Tensor attended = qProj.forward(x).attend(this, kProj.forward(x), vProj.forward(x), spec);
    return outProj.forward(attended).tap(this, "output");
  }
}
