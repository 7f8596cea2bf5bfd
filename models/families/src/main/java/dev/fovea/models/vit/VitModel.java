package dev.fovea.models.vit;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Attention;
import dev.fovea.models.layers.Encoder;
import dev.fovea.models.layers.EncoderLayer;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.Mlp;
import dev.fovea.models.layers.PositionGrid;
import dev.fovea.models.layers.TransformerConfig;
import dev.fovea.models.layers.VisionEmbeddings;
import java.util.Optional;

/**
 * The vision transformer without a layer of classes: {@code ViTModel}. ViT, section 3.1.
 *
 * @param pooler a dense layer over the class token, in files of the bare model
 */
public record VitModel(
    VisionEmbeddings embeddings, Encoder encoder, LayerNorm layernorm, Optional<VitPooler> pooler) {
  static VitModel bind(Binder at, VitConfig config, boolean withPooler) {
    int hidden = config.transformer().hiddenSize();
    return new VitModel(
        VisionEmbeddings.bind(
            at.at("embeddings"), config.grid(), hidden, false, 0, PositionGrid.Resize.PLAIN),
        Encoder.bind(
            at.at("encoder"),
            config.transformer().numHiddenLayers(),
            layer -> bindLayer(layer, config)),
        LayerNorm.bind(at.at("layernorm"), hidden, config.transformer().layerNormEps()),
        withPooler ? Optional.of(VitPooler.bind(at.at("pooler"), config)) : Optional.empty());
  }

  private static EncoderLayer bindLayer(Binder at, VitConfig config) {
    TransformerConfig sizes = config.transformer();
    int hidden = sizes.hiddenSize();
    return new EncoderLayer(
        Attention.bind(at.at("self_attn"), hidden, sizes.numAttentionHeads(), config.qkvBias()),
        Optional.empty(),
        LayerNorm.bind(at.at("layer_norm1"), hidden, sizes.layerNormEps()),
        Mlp.bind(at.at("mlp"), hidden, sizes.intermediateSize(), sizes.hiddenAct()),
        Optional.empty(),
        LayerNorm.bind(at.at("layer_norm2"), hidden, sizes.layerNormEps()));
  }

  /**
   * All tokens, normed; the first is the class token.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, 1 + patches, hidden]
   */
  public Tensor forward(Tensor pixels) {
    return layernorm.forward(encoder.forward(embeddings.forward(pixels), Mask.none()));
  }
}
