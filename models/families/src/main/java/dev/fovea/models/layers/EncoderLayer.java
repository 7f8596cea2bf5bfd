package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * Pre-norm transformer block, as in ViT (section 3.1), CLIP (section 2.4), SigLIP and, with layer
 * scale, DINOv2.
 */
public record EncoderLayer(
    Attention selfAttn,
    Optional<LayerScale> layerScale1,
    LayerNorm layerNorm1,
    FeedForward mlp,
    Optional<LayerScale> layerScale2,
    LayerNorm layerNorm2) {
  public static EncoderLayer bind(Binder at, TransformerConfig config) {
    int hidden = config.hiddenSize();
    return new EncoderLayer(
        Attention.bind(at.at("self_attn"), hidden, config.numAttentionHeads()),
        LayerScale.bindIf(config.layerScale(), at.at("layer_scale1"), hidden),
        LayerNorm.bind(at.at("layer_norm1"), hidden, config.layerNormEps()),
        Mlp.bind(at.at("mlp"), hidden, config.intermediateSize(), config.hiddenAct()),
        LayerScale.bindIf(config.layerScale(), at.at("layer_scale2"), hidden),
        LayerNorm.bind(at.at("layer_norm2"), hidden, config.layerNormEps()));
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    x = x.plus(scaled(layerScale1, selfAttn.forward(layerNorm1.forward(x), mask)));
    return x.plus(scaled(layerScale2, mlp.forward(layerNorm2.forward(x)))).tap(this, "output");
  }

  private static Tensor scaled(Optional<LayerScale> scale, Tensor branch) {
    return scale.map(s -> s.forward(branch)).orElse(branch);
  }
}
