package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Activation;

/** The derivatives of the activation functions. */
final class Slopes {
  private Slopes() {}

  static double of(Activation activation, double x) {
    return switch (activation) {
      case NONE -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case QUICK_GELU -> sigmoidGated(Functions.QUICK_GELU_SLOPE, x);
      // Phi(x) + x · phi(x), with the normal distribution's density phi
      case GELU ->
          Functions.erfc(-x / Math.sqrt(2)) / 2 + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      case GELU_TANH -> geluTanh(x);
      case SILU -> sigmoidGated(1, x);
      case SIGMOID -> Functions.sigmoid(x) * Functions.sigmoid(-x);
      case TANH -> 1 - Math.tanh(x) * Math.tanh(x);
    };
  }

  /** d/dx of x · sigmoid(a x): s + a x s (1 - s). */
  private static double sigmoidGated(double a, double x) {
    double s = Functions.sigmoid(a * x);
    return s + a * x * s * Functions.sigmoid(-a * x);
  }

  /** d/dx of x/2 · (1 + tanh(u(x))): (1 + t)/2 + x/2 · (1 - t²) · u'(x). */
  private static double geluTanh(double x) {
    double factor = Math.sqrt(2 / Math.PI);
    double t = Math.tanh(factor * (x + Functions.GELU_TANH_CUBIC * x * x * x));
    double inner = factor * (1 + 3 * Functions.GELU_TANH_CUBIC * x * x);
    return (1 + t) / 2 + x / 2 * (1 - t * t) * inner;
  }
}
