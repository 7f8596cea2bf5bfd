package dev.fovea.models.dinov2;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Attention;
import dev.fovea.models.layers.Encoder;
import dev.fovea.models.layers.EncoderLayer;
import dev.fovea.models.layers.FeedForward;
import dev.fovea.models.layers.GatedMlp;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.LayerScale;
import dev.fovea.models.layers.Mlp;
import dev.fovea.models.layers.TransformerConfig;
import dev.fovea.models.layers.VisionEmbeddings;
import java.util.Optional;

/**
 * A vision transformer with layer scale, which takes pictures of any size: {@code Dinov2Model} and
 * {@code Dinov2WithRegistersModel}.
 */
public record Dinov2Model(VisionEmbeddings embeddings, Encoder encoder, LayerNorm layernorm) {
  static Dinov2Model bind(Binder at, Dinov2Config config) {
    int hidden = config.transformer().hiddenSize();
    return new Dinov2Model(
        VisionEmbeddings.bind(
            at.at("embeddings"),
            config.grid(),
            hidden,
            config.maskToken(),
            config.numRegisterTokens(),
            config.resize()),
        Encoder.bind(
            at.at("encoder"),
            config.transformer().numHiddenLayers(),
            layer -> bindLayer(layer, config)),
        LayerNorm.bind(at.at("layernorm"), hidden, config.transformer().layerNormEps()));
  }

  private static EncoderLayer bindLayer(Binder at, Dinov2Config config) {
    TransformerConfig sizes = config.transformer();
    int hidden = sizes.hiddenSize();
    return new EncoderLayer(
        Attention.bind(at.at("self_attn"), hidden, sizes.numAttentionHeads(), config.qkvBias()),
        Optional.of(LayerScale.bind(at.at("layer_scale1"), hidden)),
        LayerNorm.bind(at.at("layer_norm1"), hidden, sizes.layerNormEps()),
        bindFeedForward(at.at("mlp"), sizes, config.swiGlu()),
        Optional.of(LayerScale.bind(at.at("layer_scale2"), hidden)),
        LayerNorm.bind(at.at("layer_norm2"), hidden, sizes.layerNormEps()));
  }

  private static FeedForward bindFeedForward(Binder at, TransformerConfig sizes, boolean swiGlu) {
    return swiGlu
        ? GatedMlp.bind(at, sizes.hiddenSize(), sizes.intermediateSize(), sizes.hiddenAct())
        : Mlp.bind(at, sizes.hiddenSize(), sizes.intermediateSize(), sizes.hiddenAct());
  }

  /**
   * All tokens, normed: the class token, registers, patches.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, 1 + registers + patches, hidden]
   */
  public Tensor forward(Tensor pixels) {
    return layernorm.forward(encoder.forward(embeddings.forward(pixels), Mask.none()));
  }
}
