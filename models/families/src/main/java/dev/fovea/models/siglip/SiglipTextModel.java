package dev.fovea.models.siglip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Encoder;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.Linear;
import dev.fovea.models.layers.TextEmbeddings;

/**
 * The text side of SigLIP. Every token sees every other, padding too: the model was trained on
 * texts padded to their full length without a mask, and read at the last position.
 */
public record SiglipTextModel(
    TextEmbeddings embeddings, Encoder encoder, LayerNorm finalLayerNorm, Linear head) {
  static SiglipTextModel bind(Binder at, SiglipConfig.Text config) {
    int hidden = config.transformer().hiddenSize();
    return new SiglipTextModel(
        TextEmbeddings.bind(
            at.at("embeddings"), config.vocabSize(), config.maxPositionEmbeddings(), hidden),
        Encoder.bind(at.at("encoder"), config.transformer()),
        LayerNorm.bind(at.at("final_layer_norm"), hidden, config.transformer().layerNormEps()),
        Linear.bind(at.at("head"), hidden, config.projectionSize()));
  }

  /**
   * One vector per text.
   *
   * @param ids [batch, maxPositionEmbeddings]
   * @return [batch, projectionSize]
   */
  public Tensor forward(Session session, Indices ids) {
    Tensor states = encoder.forward(embeddings.forward(session, ids), Mask.none());
    Tensor last = finalLayerNorm.forward(states.select(1, ids.length() - 1));
    return head.forward(last).tap(this, "pooled");
  }
}
