package dev.fovea.core.image;

/** Resizes the rows of RGB bytes and cuts them to the columns that are wanted. */
final class RowResizer {
  private final byte[] rgb;
  private final int rowBytes;
  private final boolean resizes;
  private final Taps taps;
  private final int left;
  private final int count;

  /**
   * Prepares resizing from one width to another; where they are equal, rows are only cut.
   *
   * @param left the first wanted column of the result
   * @param count how many columns are wanted
   */
  RowResizer(byte[] rgb, int width, int resized, Resample filter, int left, int count) {
    this.rgb = rgb;
    this.rowBytes = Resize.CHANNELS * width;
    this.resizes = width != resized;
    this.taps = Taps.of(filter, width, resized, left, resizes ? count : 0);
    this.left = left;
    this.count = count;
  }

  /** Bytes of a resized row. */
  int length() {
    return Resize.CHANNELS * count;
  }

  void read(int y, byte[] to, int at) {
    if (resizes) {
      resize(rgb, y * rowBytes, taps, to, at);
    } else {
      System.arraycopy(rgb, y * rowBytes + Resize.CHANNELS * left, to, at, length());
    }
  }

  private static void resize(byte[] from, int rowStart, Taps taps, byte[] to, int at) {
    int[] starts = taps.starts();
    int[] counts = taps.counts();
    int[] weights = taps.weights();
    int target = at;
    for (int x = 0; x < starts.length; x++) {
      int red = Taps.ONE_HALF;
      int green = Taps.ONE_HALF;
      int blue = Taps.ONE_HALF;
      int source = rowStart + Resize.CHANNELS * starts[x];
      int first = x * taps.stride();
      int end = first + counts[x];
      for (int k = first; k < end; k++) {
        int weight = weights[k];
        red += (from[source] & 0xff) * weight;
        green += (from[source + 1] & 0xff) * weight;
        blue += (from[source + 2] & 0xff) * weight;
        source += Resize.CHANNELS;
      }
      to[target] = Taps.round(red);
      to[target + 1] = Taps.round(green);
      to[target + 2] = Taps.round(blue);
      target += Resize.CHANNELS;
    }
  }
}
