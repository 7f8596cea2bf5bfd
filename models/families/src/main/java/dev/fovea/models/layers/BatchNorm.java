package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Parameter;

/**
 * Batch normalisation with the statistics that training left behind. Ioffe and Szegedy 2015,
 * algorithm 2.
 *
 * @param weight [channels]
 * @param bias [channels]
 */
public record BatchNorm(Parameter weight, Parameter bias, Statistics statistics, double eps) {
  /** PyTorch's default, which no configuration changes. */
  private static final double EPS = 1e-5;

  /** Measured, not learned: no part of the tree, so that nobody counts or trains it. */
  public static final class Statistics {
    private final Parameter runningMean;
    private final Parameter runningVar;

    Statistics(Parameter runningMean, Parameter runningVar) {
      this.runningMean = runningMean;
      this.runningVar = runningVar;
    }
  }

  public static BatchNorm bind(Binder at, int channels) {
    return new BatchNorm(
        at.parameter("weight", channels),
        at.parameter("bias", channels),
        new Statistics(
            at.parameter("running_mean", channels), at.parameter("running_var", channels)),
        EPS);
  }

  /** The factor of every channel: weight / sqrt(variance + eps). */
  double[] factors() {
    float[] weights = weight.toFloats();
    float[] variances = statistics.runningVar.toFloats();
    double[] factors = new double[weights.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = weights[i] / Math.sqrt(variances[i] + eps);
    }
    return factors;
  }

  /** The summand of every channel: bias - mean * factor. */
  double[] summands() {
    double[] summands = factors();
    float[] biases = bias.toFloats();
    float[] means = statistics.runningMean.toFloats();
    for (int i = 0; i < summands.length; i++) {
      summands[i] = biases[i] - means[i] * summands[i];
    }
    return summands;
  }
}
