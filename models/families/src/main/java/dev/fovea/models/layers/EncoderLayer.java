package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/** Pre-norm transformer block, as in CLIP (section 2.4) and SigLIP. */
public record EncoderLayer(
    SelfAttention selfAttn,
    Optional<LayerScale> layerScale1,
    LayerNorm layerNorm1,
    Mlp mlp,
    Optional<LayerScale> layerScale2,
    LayerNorm layerNorm2) {
  public static EncoderLayer bind(Binder at, TransformerConfig config) {
    int hidden = config.hiddenSize();
    return new EncoderLayer(
        SelfAttention.bind(at.at("self_attn"), hidden, config.numAttentionHeads()),
        LayerScale.bindIf(config.layerScale(), at.at("layer_scale1"), hidden),
        LayerNorm.bind(at.at("layer_norm1"), hidden, config.layerNormEps()),
        Mlp.bind(at.at("mlp"), hidden, config.intermediateSize(), config.hiddenAct()),
        LayerScale.bindIf(config.layerScale(), at.at("layer_scale2"), hidden),
        LayerNorm.bind(at.at("layer_norm2"), hidden, config.layerNormEps()));
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    Tensor attended = selfAttn.forward(layerNorm1.forward(x), mask);
    x = x.plus(layerScale1.map(scale -> scale.forward(attended)).orElse(attended));
    Tensor transformed = mlp.forward(layerNorm2.forward(x));
    return x.plus(layerScale2.map(scale -> scale.forward(transformed)).orElse(transformed))
        .tap(this, "output");
  }
}
