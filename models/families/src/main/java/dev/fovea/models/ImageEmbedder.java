package dev.fovea.models;

import dev.fovea.core.image.Image;
import java.util.List;

/** Turns pictures into vectors. */
public interface ImageEmbedder {
  /** The length of the vectors. */
  int dimension();

  /**
   * The vectors as the model gives them, of any length.
   *
   * @return [pictures][dimension]
   */
  float[][] imageFeatures(List<Image> images);

  /**
   * The vectors of pictures, of Euclidean length 1.
   *
   * @return [pictures][dimension]
   */
  default float[][] embedImages(List<Image> images) {
    return Vectors.normalized(imageFeatures(images));
  }

  /** The vector of one picture, of Euclidean length 1. */
  default float[] embed(Image image) {
    return embedImages(List.of(image))[0];
  }
}
