package dev.fovea.models.siglip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;

/**
 * Both sides of SigLIP: {@code SiglipModel}.
 *
 * @param logitScale [1]; products are multiplied by its exponential
 * @param logitBias [1]; added after that
 */
public record SiglipModel(
    SiglipTextModel textModel,
    SiglipVisionModel visionModel,
    Parameter logitScale,
    Parameter logitBias) {
  static SiglipModel bind(Binder at, SiglipConfig config) {
    return new SiglipModel(
        SiglipTextModel.bind(at.at("text_model"), config.text()),
        SiglipVisionModel.bind(at.at("vision_model"), config.vision()),
        at.parameter("logit_scale", 1),
        at.parameter("logit_bias", 1));
  }

  /**
   * exp(logitScale) times the cosines, plus logitBias; each stands alone under a sigmoid. SigLIP,
   * section 3.2.
   *
   * @param imageEmbeds [pictures, hidden], normalised
   * @param textEmbeds [texts, hidden], normalised
   * @return [pictures, texts]
   */
  public Tensor logitsPerImage(Tensor imageEmbeds, Tensor textEmbeds) {
    return imageEmbeds
        .matmulTransposed(textEmbeds)
        .times(imageEmbeds.session().weight(logitScale).exp())
        .plus(imageEmbeds.session().weight(logitBias));
  }
}
