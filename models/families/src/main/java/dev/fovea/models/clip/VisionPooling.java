package dev.fovea.models.clip;

import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.LayerNorm;

/** How the tokens of a vision transformer become one vector, and where the last norm stands. */
public enum VisionPooling {
  /** The class token, normed. */
  CLASS_TOKEN,
  /** All tokens normed, then the mean of the patches. */
  MEAN_OF_NORMED,
  /** The mean of the patches, normed. */
  NORM_OF_MEAN;

  /**
   * One vector per picture.
   *
   * @param tokens [batch, 1 + patches, hidden]
   * @return [batch, hidden]
   */
  Tensor pool(Tensor tokens, LayerNorm norm) {
    return switch (this) {
      case CLASS_TOKEN -> norm.forward(tokens.select(1, 0));
      case MEAN_OF_NORMED -> meanOfPatches(norm.forward(tokens));
      case NORM_OF_MEAN -> norm.forward(meanOfPatches(tokens));
    };
  }

  private static Tensor meanOfPatches(Tensor tokens) {
    return tokens.narrow(1, 1, tokens.dim(1) - 1).permute(0, 2, 1).mean().select(2, 0);
  }
}
