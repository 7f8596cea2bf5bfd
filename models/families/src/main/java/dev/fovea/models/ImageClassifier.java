package dev.fovea.models;

import dev.fovea.core.image.Image;
import java.util.List;

/** Gives pictures labels from a fixed set. */
public interface ImageClassifier {
  /** The labels, by class index. */
  List<String> labels();

  /**
   * All labels of every picture with their probabilities, best first.
   *
   * @return [pictures][labels]
   */
  List<List<Label>> classify(List<Image> images);

  /** All labels of one picture with their probabilities, best first. */
  default List<Label> classify(Image image) {
    return classify(List.of(image)).getFirst();
  }
}
