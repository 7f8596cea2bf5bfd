package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Tensor;

/** The picture side of CLIP: a vision transformer or the modified ResNet. */
public sealed interface VisionTower permits ClipVisionModel, ModifiedResNet {
  /**
   * One vector per picture, before the projection.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, hidden]
   */
  Tensor forward(Tensor pixels);

  /**
   * Binds the tower that a configuration asks for.
   *
   * @param projectionDim dimensions of the shared space, into which the ResNet pools directly
   */
  static VisionTower bind(Binder at, ClipConfig.Vision config, int projectionDim) {
    return switch (config) {
      case ClipConfig.VisionTransformer transformer -> ClipVisionModel.bind(at, transformer);
      case ClipConfig.VisionResNet resNet -> ModifiedResNet.bind(at, resNet, projectionDim);
    };
  }
}
