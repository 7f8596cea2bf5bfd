package dev.fovea.kernels.cpu.vector;

/** Loops that the JIT compiler turns into vectors by itself: each in a method of its own. */
final class Loops {
  private Loops() {}

  static void copy(float[] x, int x0, int xStep, float[] out, int o0, int outStep, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i * outStep] = x[x0 + i * xStep];
    }
  }

  static void add(float[] x, int x0, float[] y, int y0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] + y[y0 + i];
    }
  }

  static void add(float[] x, int x0, float y, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] + y;
    }
  }

  static void subtract(float[] x, int x0, float[] y, int y0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] - y[y0 + i];
    }
  }

  static void multiply(float[] x, int x0, float[] y, int y0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] * y[y0 + i];
    }
  }

  static void multiply(float[] x, int x0, float y, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] * y;
    }
  }

  static void divide(float[] x, int x0, float[] y, int y0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] / y[y0 + i];
    }
  }

  static void divide(float[] x, int x0, float y, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] / y;
    }
  }

  static void maximum(float[] x, int x0, float[] y, int y0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = Math.max(x[x0 + i], y[y0 + i]);
    }
  }

  static void maximum(float[] x, int x0, float y, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = Math.max(x[x0 + i], y);
    }
  }

  static void affine(float[] x, int x0, float factor, float summand, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = Math.fma(x[x0 + i], factor, summand);
    }
  }

  /** out[i] = (x[i] - centre) * factor * weight[i] + bias[i]. */
  static void normalize(
      float[] x,
      int x0,
      float centre,
      float factor,
      float[] weight,
      int w0,
      float[] bias,
      int b0,
      float[] out,
      int o0,
      int n) {
    for (int i = 0; i < n; i++) {
      float normal = (x[x0 + i] - centre) * factor;
      out[o0 + i] = Math.fma(normal, weight[w0 + i], bias[b0 + i]);
    }
  }

  /** out[i] = x[i] * factor * weight[i]. */
  static void scale(
      float[] x, int x0, float factor, float[] weight, int w0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] * factor * weight[w0 + i];
    }
  }

  static void negate(float[] x, int x0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = -x[x0 + i];
    }
  }

  static void sqrt(float[] x, int x0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = (float) Math.sqrt(x[x0 + i]);
    }
  }

  static void log(float[] x, int x0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = (float) Math.log(x[x0 + i]);
    }
  }
}
