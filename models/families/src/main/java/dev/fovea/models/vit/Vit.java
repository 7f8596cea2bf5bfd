package dev.fovea.models.vit;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.VisionNetwork;
import dev.fovea.models.layers.Linear;
import java.util.Optional;

/**
 * A vision transformer, with a layer of classes in {@code ViTForImageClassification}. A picture's
 * vector is the normed class token.
 *
 * @param classifier [classes, hidden]
 */
public record Vit(VitModel vit, Optional<Linear> classifier) implements VisionNetwork {
  /**
   * Binds the layers.
   *
   * @param numLabels classes; 0 where the file has none
   */
  static Vit bind(Binder at, VitConfig config, int numLabels, boolean withPooler) {
    return new Vit(
        VitModel.bind(at, config, withPooler),
        numLabels > 0
            ? Optional.of(
                Linear.bind(at.at("classifier"), config.transformer().hiddenSize(), numLabels))
            : Optional.empty());
  }

  @Override
  public int numChannels() {
    return vit.embeddings().patchEmbeddings().weight().shape().dim(1);
  }

  @Override
  public int dimension() {
    return vit.layernorm().weight().shape().dim(0);
  }

  @Override
  public Tensor features(Tensor pixels) {
    return vit.forward(pixels).select(1, 0);
  }

  @Override
  public boolean hasClassifier() {
    return classifier.isPresent();
  }

  @Override
  public Tensor logits(Tensor pixels) {
    return classifier.orElseThrow().forward(features(pixels));
  }
}
