package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Linear;
import java.util.Optional;

/** CLIP's vision transformer by itself, with its projection where the file has one. */
public record ProjectedVision(ClipVisionModel visionModel, Optional<Linear> visualProjection) {
  static ProjectedVision bind(Binder at, ClipConfig.VisionTransformer config, int projectionDim) {
    return new ProjectedVision(
        ClipVisionModel.bind(at.at("vision_model"), config),
        ClipModel.visualProjection(at, config, projectionDim));
  }

  /** Vectors of pictures, not normalised: [batch, projectionDim], or [batch, hidden] without. */
  public Tensor forward(Tensor pixels) {
    return ClipModel.projected(visualProjection, visionModel.forward(pixels));
  }
}
