package dev.fovea.core.image;

/**
 * Which pixels of a line make each pixel of the resized line, and with what weight, in fixed-point
 * numbers with {@value #FRACTION_BITS} fractional bits as in Pillow.
 *
 * @param starts the first source pixel of each
 * @param counts how many source pixels
 * @param weights from {@code i * stride} on, those of pixel i
 */
record Taps(int[] starts, int[] counts, int[] weights, int stride) {
  static final int FRACTION_BITS = 22;
  static final int ONE_HALF = 1 << (FRACTION_BITS - 1);

  /**
   * The taps of a part of the resized line.
   *
   * @param from the first resized pixel that is wanted
   * @param count how many are wanted
   */
  static Taps of(Resample filter, int size, int resized, int from, int count) {
    double scale = (double) size / resized;
    double filterScale = Math.max(1, scale);
    double support = filter.support() * filterScale;
    double perPixel = 1 / filterScale;
    int stride = (int) Math.ceil(support) * 2 + 1;
    Taps taps = new Taps(new int[count], new int[count], new int[count * stride], stride);
    double[] line = new double[stride];
    for (int i = 0; i < count; i++) {
      double center = (from + i + 0.5) * scale;
      int start = Math.max(0, (int) (center - support + 0.5));
      int length = Math.min(size, (int) (center + support + 0.5)) - start;
      double sum = 0;
      for (int k = 0; k < length; k++) {
        line[k] = filter.weight((k + start - center + 0.5) * perPixel);
        sum += line[k];
      }
      for (int k = 0; k < length; k++) {
        taps.weights[i * stride + k] = fixedPoint(sum == 0 ? line[k] : line[k] / sum);
      }
      taps.starts[i] = start;
      taps.counts[i] = length;
    }
    return taps;
  }

  /** How many resized pixels share a source pixel, at most. */
  int mostOverlapping() {
    int most = 1;
    int open = 0;
    for (int i = 0; i < starts.length; i++) {
      while (starts[open] + counts[open] <= starts[i]) {
        open++;
      }
      most = Math.max(most, i - open + 1);
    }
    return most;
  }

  /** A sum of weighted bytes that began with {@link #ONE_HALF}, as a byte. */
  static byte round(int sum) {
    return (byte) Math.clamp(sum >> FRACTION_BITS, 0, 255);
  }

  private static int fixedPoint(double weight) {
    double scaled = weight * (1 << FRACTION_BITS);
    return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
  }
}
