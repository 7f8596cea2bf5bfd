package dev.fovea.models.resnet;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.VisionNetwork;
import dev.fovea.models.layers.Linear;
import java.util.Optional;

/**
 * A ResNet, with a layer of classes in {@code ResNetForImageClassification}. A picture's vector is
 * the mean of the last stage.
 *
 * @param dimension channels of the last stage
 */
public record ResNet(ResNetModel resnet, Optional<Linear> classifier, int dimension)
    implements VisionNetwork {
  /**
   * Binds the layers.
   *
   * @param numLabels classes; 0 where the file has none
   */
  static ResNet bind(Binder at, ResNetConfig config, int numLabels) {
    int dimension = config.hiddenSizes().getLast();
    return new ResNet(
        ResNetModel.bind(at, config),
        numLabels > 0
            ? Optional.of(Linear.bind(at.at("classifier").at(1), dimension, numLabels))
            : Optional.empty(),
        dimension);
  }

  @Override
  public int numChannels() {
    return resnet.embedder().embedder().convolution().weight().shape().dim(1);
  }

  @Override
  public Tensor features(Tensor pixels) {
    return resnet.forward(pixels);
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
