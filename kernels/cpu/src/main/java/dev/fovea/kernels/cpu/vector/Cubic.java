package dev.fovea.kernels.cpu.vector;

/** Where the samples of a bicubic resize lie along one dimension, and what they weigh. */
final class Cubic {
  static final int TAPS = 4;

  private static final double A = -0.75;

  private final int[] sources;
  private final double[] weights;

  Cubic(int size, int newSize, double scale) {
    sources = new int[newSize * TAPS];
    weights = new double[newSize * TAPS];
    for (int i = 0; i < newSize; i++) {
      double at = (i + 0.5) * scale - 0.5;
      int first = (int) Math.floor(at) - 1;
      for (int tap = 0; tap < TAPS; tap++) {
        sources[i * TAPS + tap] = Math.clamp(first + tap, 0, size - 1);
        weights[i * TAPS + tap] = kernel(at - (first + tap));
      }
    }
  }

  int source(int i, int tap) {
    return sources[i * TAPS + tap];
  }

  double weight(int i, int tap) {
    return weights[i * TAPS + tap];
  }

  /** The cubic convolution kernel (Keys 1981) at a distance below 2. */
  private static double kernel(double distance) {
    double d = Math.abs(distance);
    return d <= 1 ? ((A + 2) * d - (A + 3)) * d * d + 1 : ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
  }
}
