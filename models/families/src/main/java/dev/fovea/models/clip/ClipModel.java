package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Linear;
import java.util.Optional;

/**
 * Both sides of CLIP and the projections into the shared space.
 *
 * @param visualProjection absent where the tower projects itself
 * @param logitScale scalar; products are multiplied by its exponential
 */
public record ClipModel(
    ClipTextModel textModel,
    VisionTower visionModel,
    Optional<Linear> visualProjection,
    Linear textProjection,
    Parameter logitScale) {
  static ClipModel bind(Binder at, ClipConfig config) {
    return new ClipModel(
        ClipTextModel.bind(at.at("text_model"), config.text()),
        ClipVisionModel.bind(at.at("vision_model"), config.vision()),
        Optional.of(
            Linear.bindWithoutBias(
                at.at("visual_projection"),
                config.vision().transformer().hiddenSize(),
                config.projectionDim())),
        Linear.bindWithoutBias(
            at.at("text_projection"),
            config.text().transformer().hiddenSize(),
            config.projectionDim()),
        at.parameter("logit_scale"));
  }

  /** Vectors of pictures, not normalised: [batch, projectionDim]. */
  public Tensor imageFeatures(Tensor pixels) {
    Tensor pooled = visionModel.forward(pixels);
    return visualProjection.map(p -> p.forward(pooled)).orElse(pooled);
  }

  /** Vectors of texts, not normalised: [batch, projectionDim]. */
  public Tensor textFeatures(Session session, Indices ids, Indices attentionMask) {
    return textProjection.forward(textModel.forward(session, ids, attentionMask));
  }

  /**
   * exp(logitScale) times the cosines.
   *
   * @param imageEmbeds [pictures, projectionDim], normalised
   * @param textEmbeds [texts, projectionDim], normalised
   * @return [pictures, texts]
   */
  public Tensor logitsPerImage(Tensor imageEmbeds, Tensor textEmbeds) {
    return imageEmbeds
        .matmulTransposed(textEmbeds)
        .times(imageEmbeds.session().weight(logitScale).exp());
  }
}
