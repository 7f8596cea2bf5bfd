package dev.fovea.models.clip;

import dev.fovea.core.tensor.Tensor;

/** The picture side of CLIP: a vision transformer or the modified ResNet. */
public sealed interface VisionTower permits ClipVisionModel {
  /**
   * One vector per picture, before the projection.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, hidden]
   */
  Tensor forward(Tensor pixels);
}
