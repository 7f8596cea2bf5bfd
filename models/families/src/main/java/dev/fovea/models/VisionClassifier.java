package dev.fovea.models;

import dev.fovea.core.image.Image;
import java.util.Arrays;
import java.util.List;

/** A model of pictures with a layer of classes: {@code ...ForImageClassification}. */
public final class VisionClassifier extends VisionModel implements ImageClassifier {
  private final List<String> labels;

  <N extends Record & VisionNetwork> VisionClassifier(
      String family, N network, ModelContext context) {
    super(family, network, context);
    this.labels = ClassLabels.read(ModelFamily.config(context.files()));
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public List<List<Label>> classify(List<Image> images) {
    float[][] probabilities = runInBatches(images, pixels -> network().logits(pixels).softmax());
    return Arrays.stream(probabilities).map(row -> Label.ranked(labels, row)).toList();
  }
}
