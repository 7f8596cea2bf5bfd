package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.layers.Linear;
import java.util.Optional;

/**
 * Both sides of CLIP and the projections into the shared space.
 *
 * @param visualProjection absent where the tower projects itself
 * @param textProjection absent where the text side has the shared width
 * @param logitScale scalar; products are multiplied by its exponential
 */
public record ClipModel(
    ClipTextModel textModel,
    VisionTower visionModel,
    Optional<Linear> visualProjection,
    Optional<Linear> textProjection,
    Parameter logitScale) {
  static ClipModel bind(Binder at, ClipConfig config) {
    return new ClipModel(
        ClipTextModel.bind(at.at("text_model"), config.text()),
        VisionTower.bind(at.at("vision_model"), config.vision(), config.projectionDim()),
        visualProjection(at, config.vision(), config.projectionDim()),
        textProjection(at, config.text(), config.projectionDim()),
        at.parameter("logit_scale"));
  }

  static Optional<Linear> visualProjection(Binder at, ClipConfig.Vision config, int dimension) {
    return switch (config) {
      case ClipConfig.VisionTransformer transformer ->
          projection(
              at.at("visual_projection"),
              transformer.projection(),
              transformer.transformer().hiddenSize(),
              dimension);
      case ClipConfig.VisionResNet resNet -> Optional.empty();
    };
  }

  static Optional<Linear> textProjection(Binder at, ClipConfig.Text config, int dimension) {
    return projection(
        at.at("text_projection"),
        config.projection(),
        config.transformer().hiddenSize(),
        dimension);
  }

  private static Optional<Linear> projection(Binder at, Projection kind, int in, int out) {
    return switch (kind) {
      case NONE -> Optional.empty();
      case LINEAR -> Optional.of(Linear.bindWithoutBias(at, in, out));
      case LINEAR_WITH_BIAS -> Optional.of(Linear.bind(at, in, out));
    };
  }

  /** Vectors of pictures, not normalised: [batch, projectionDim]. */
  public Tensor imageFeatures(Tensor pixels) {
    return projected(visualProjection, visionModel.forward(pixels));
  }

  /** Vectors of texts, not normalised: [batch, projectionDim]. */
  public Tensor textFeatures(Session session, Indices ids, Indices attentionMask) {
    return projected(textProjection, textModel.forward(session, ids, attentionMask));
  }

  static Tensor projected(Optional<Linear> projection, Tensor pooled) {
    return projection.map(p -> p.forward(pooled)).orElse(pooled);
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
