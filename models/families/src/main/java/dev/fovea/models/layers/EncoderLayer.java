package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;

/** Pre-norm transformer block, as in CLIP (section 2.4) and SigLIP. */
public record EncoderLayer(
    SelfAttention selfAttn, LayerNorm layerNorm1, Mlp mlp, LayerNorm layerNorm2) {
  public static EncoderLayer bind(Binder at, TransformerConfig config) {
    int hidden = config.hiddenSize();
    return new EncoderLayer(
        SelfAttention.bind(at.at("self_attn"), hidden, config.numAttentionHeads()),
        LayerNorm.bind(at.at("layer_norm1"), hidden, config.layerNormEps()),
        Mlp.bind(at.at("mlp"), hidden, config.intermediateSize(), config.hiddenAct()),
        LayerNorm.bind(at.at("layer_norm2"), hidden, config.layerNormEps()));
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    x = x.plus(selfAttn.forward(layerNorm1.forward(x), mask));
    return x.plus(mlp.forward(layerNorm2.forward(x))).tap(this, "output");
  }
}
