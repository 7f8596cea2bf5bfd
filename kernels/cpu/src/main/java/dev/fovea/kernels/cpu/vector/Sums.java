package dev.fovea.kernels.cpu.vector;

/**
 * Sums over a row: the kernel adds up whole groups of {@link Functions#LANES} elements in parts,
 * what is left over goes to the first parts, and the parts are added in order.
 */
final class Sums {
  private Sums() {}

  static double sum(Functions functions, float[] in, int i0, int n, float[] lanes) {
    int whole = n - n % Functions.LANES;
    functions.sums(in, i0, whole, lanes);
    for (int i = whole; i < n; i++) {
      lanes[i - whole] += in[i0 + i];
    }
    return total(lanes);
  }

  /** The sum of (in[i] - centre)². */
  static double squares(
      Functions functions, float[] in, int i0, int n, float centre, float[] lanes) {
    int whole = n - n % Functions.LANES;
    functions.squares(in, i0, whole, centre, lanes);
    for (int i = whole; i < n; i++) {
      float distance = in[i0 + i] - centre;
      lanes[i - whole] = Math.fma(distance, distance, lanes[i - whole]);
    }
    return total(lanes);
  }

  /** out[i] = e to the (in[i] - max), and their sum. */
  static double expSum(
      Functions functions,
      float[] in,
      int i0,
      float[] out,
      int o0,
      int n,
      float max,
      float[] lanes) {
    int whole = n - n % Functions.LANES;
    functions.expSums(in, i0, out, o0, whole, max, lanes);
    for (int i = whole; i < n; i++) {
      float e = Scalars.exp(in[i0 + i] - max);
      out[o0 + i] = e;
      lanes[i - whole] += e;
    }
    return total(lanes);
  }

  /** The largest element, or NaN if there is one. */
  static float max(float[] in, int i0, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = i0; i < i0 + n; i++) {
      max = Math.max(max, in[i]);
    }
    return max;
  }

  private static double total(float[] lanes) {
    double total = 0;
    for (int lane = 0; lane < Functions.LANES; lane++) {
      total += lanes[lane];
    }
    return total;
  }
}
