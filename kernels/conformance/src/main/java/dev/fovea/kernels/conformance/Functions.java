package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.Activation;

/** The activation functions in double precision, as PyTorch defines them. */
final class Functions {
  private static final int SIMPSON_STEPS = 4000;

  private Functions() {}

  static double apply(Activation activation, double x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> x > 0 || Double.isNaN(x) ? x : 0;
      case QUICK_GELU -> x / (1 + Math.exp(-1.702 * x));
      case GELU -> x * normalDistribution(x);
      case GELU_TANH ->
          0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3))));
      case SILU -> x / (1 + Math.exp(-x));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case TANH -> Math.tanh(x);
    };
  }

  /**
   * What the error of a result is relative to. PyTorch's GELUs add 1 to a number near -1, so that
   * their negative tail is exact only relative to x.
   */
  static double magnitude(Activation activation, double x) {
    double result = Math.abs(apply(activation, x));
    return switch (activation) {
      case GELU, GELU_TANH -> Math.max(result, Math.abs(x) / 2);
      default -> result;
    };
  }

  /** The integral of the normal density up to x, by Simpson's rule. */
  private static double normalDistribution(double x) {
    if (Double.isNaN(x) || Math.abs(x) > 12) {
      return Double.isNaN(x) ? x : x > 0 ? 1 : 0;
    }
    double step = x / SIMPSON_STEPS;
    double sum = 1 + Math.exp(-x * x / 2);
    for (int i = 1; i < SIMPSON_STEPS; i++) {
      double t = i * step;
      sum += (i % 2 == 1 ? 4 : 2) * Math.exp(-t * t / 2);
    }
    return 0.5 + sum * step / 3 / Math.sqrt(2 * Math.PI);
  }
}
