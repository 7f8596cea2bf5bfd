package dev.fovea.models.training;

import java.util.Collection;

/** The Euclidean length of all gradients together. */
public final class GradientNorm {
  private GradientNorm() {}

  public static double of(Collection<float[]> gradients) {
    double squares = 0;
    for (float[] gradient : gradients) {
      for (float value : gradient) {
        squares += (double) value * value;
      }
    }
    return Math.sqrt(squares);
  }

  /**
   * Shortens gradients, in place, to a total length of at most {@code maxNorm}, as PyTorch's {@code
   * clip_grad_norm_}.
   *
   * @return the length before
   */
  public static double clip(Collection<float[]> gradients, double maxNorm) {
    double norm = of(gradients);
    float factor = (float) (maxNorm / (norm + 1e-6));
    if (factor < 1) {
      for (float[] gradient : gradients) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] *= factor;
        }
      }
    }
    return norm;
  }
}
