package dev.fovea.models.bert;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Attention;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.Mlp;
import dev.fovea.models.layers.TransformerConfig;

/**
 * Post-norm transformer block: each branch is added and then normed (Vaswani et al. 2017, section
 * 3.1).
 */
public record BertLayer(
    Attention selfAttn, LayerNorm attentionNorm, Mlp mlp, LayerNorm outputNorm) {
  static BertLayer bind(Binder at, TransformerConfig config) {
    int hidden = config.hiddenSize();
    return new BertLayer(
        Attention.bind(at.at("self_attn"), hidden, config.numAttentionHeads()),
        LayerNorm.bind(at.at("attention_norm"), hidden, config.layerNormEps()),
        Mlp.bind(at.at("mlp"), hidden, config.intermediateSize(), config.hiddenAct()),
        LayerNorm.bind(at.at("output_norm"), hidden, config.layerNormEps()));
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    x = attentionNorm.forward(x.plus(selfAttn.forward(x, mask)));
    return outputNorm.forward(x.plus(mlp.forward(x))).tap(this, "output");
  }
}
