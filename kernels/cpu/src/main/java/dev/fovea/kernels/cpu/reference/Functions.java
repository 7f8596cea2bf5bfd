package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.BinaryOp;
import dev.fovea.core.tensor.UnaryOp;

/** The elementwise functions on numbers. NaN goes through all of them. */
final class Functions {
  static final double QUICK_GELU_SLOPE = 1.702;
  static final double GELU_TANH_CUBIC = 0.044715;
  private static final double SERIES_LIMIT = 2.5;

  private Functions() {}

  static double apply(Activation activation, double x) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> Math.max(x, 0);
      case QUICK_GELU -> x * sigmoid(QUICK_GELU_SLOPE * x);
      case GELU -> x / 2 * erfc(-x / Math.sqrt(2));
      case GELU_TANH ->
          x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + GELU_TANH_CUBIC * x * x * x)));
      case SILU -> x * sigmoid(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> Math.tanh(x);
    };
  }

  static double apply(UnaryOp op, double x) {
    return switch (op) {
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case NEGATE -> -x;
    };
  }

  static double apply(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
    };
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The complementary error function, 1 - erf(x). */
  static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x < 0) {
      return 2 - erfc(-x);
    }
    return x < SERIES_LIMIT ? 1 - erfBySeries(x) : erfcByFraction(x);
  }

  /** erf(x) = 2/sqrt(pi) exp(-x²) sum of 2^n x^(2n+1) / (2n+1)!!: all terms positive. */
  private static double erfBySeries(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** erfc(x) = exp(-x²)/sqrt(pi) / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + ...)))). */
  private static double erfcByFraction(double x) {
    double tail = x;
    for (int n = 80; n >= 1; n--) {
      tail = x + n / 2.0 / tail;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
  }
}
