package dev.fovea.models;

import dev.fovea.core.tensor.Tensor;

/** The layers of a picture model: one vector per picture, and logits where there are classes. */
public interface VisionNetwork {
  /** Channels of the pictures that this takes. */
  int numChannels();

  /** The length of a picture's vector. */
  int dimension();

  /**
   * One vector per picture, not normalised.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, dimension]
   */
  Tensor features(Tensor pixels);

  /** Whether there is a layer of classes. */
  boolean hasClassifier();

  /**
   * The logits of the classes.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, classes]
   * @throws java.util.NoSuchElementException if there is no layer of classes
   */
  Tensor logits(Tensor pixels);
}
