package dev.fovea.models.dinov2;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.VisionNetwork;
import dev.fovea.models.layers.Linear;
import dev.fovea.models.layers.Pooling;
import java.util.Optional;

/**
 * A DINOv2 model, with a layer of classes in {@code Dinov2ForImageClassification}. A picture's
 * vector is the normed class token.
 *
 * @param classifier [classes, 2 * hidden]: reads the class token and the mean of the patches
 */
public record Dinov2(Dinov2Model dinov2, Optional<Linear> classifier) implements VisionNetwork {
  /**
   * Binds the layers.
   *
   * @param numLabels classes; 0 where the file has none
   */
  static Dinov2 bind(Binder at, Dinov2Config config, int numLabels) {
    return new Dinov2(
        Dinov2Model.bind(at, config),
        numLabels > 0
            ? Optional.of(
                Linear.bind(at.at("classifier"), 2 * config.transformer().hiddenSize(), numLabels))
            : Optional.empty());
  }

  @Override
  public int numChannels() {
    return dinov2.embeddings().patchEmbeddings().weight().shape().dim(1);
  }

  @Override
  public int dimension() {
    return dinov2.layernorm().weight().shape().dim(0);
  }

  @Override
  public Tensor features(Tensor pixels) {
    return dinov2.forward(pixels).select(1, 0);
  }

  @Override
  public boolean hasClassifier() {
    return classifier.isPresent();
  }

  @Override
  public Tensor logits(Tensor pixels) {
    Tensor tokens = dinov2.forward(pixels);
    int special = 1 + dinov2.embeddings().numRegisterTokens();
    Tensor mean = Pooling.mean(tokens.narrow(1, special, tokens.dim(1) - special));
    return classifier.orElseThrow().forward(Tensor.concat(1, tokens.select(1, 0), mean));
  }
}
