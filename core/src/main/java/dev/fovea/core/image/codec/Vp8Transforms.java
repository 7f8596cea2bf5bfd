package dev.fovea.core.image.codec;

/** The inverse transforms of VP8: RFC 6386, sections 14.3 and 14.4. */
final class Vp8Transforms {
  private Vp8Transforms() {}

  /**
   * Spreads the transformed means of the 16 luma blocks.
   *
   * @param to takes each result as the first of 16 coefficients
   */
  static void walshHadamard(int[] means, int[] to) {
    int[] columns = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = means[i] + means[12 + i];
      int b = means[4 + i] + means[8 + i];
      int c = means[4 + i] - means[8 + i];
      int d = means[i] - means[12 + i];
      columns[i] = a + b;
      columns[4 + i] = d + c;
      columns[8 + i] = a - b;
      columns[12 + i] = d - c;
    }
    for (int i = 0; i < 16; i += 4) {
      int a = columns[i] + 3 + columns[i + 3];
      int b = columns[i + 1] + columns[i + 2];
      int c = columns[i + 1] - columns[i + 2];
      int d = columns[i] + 3 - columns[i + 3];
      to[16 * i] = (short) ((a + b) >> 3);
      to[16 * (i + 1)] = (short) ((d + c) >> 3);
      to[16 * (i + 2)] = (short) ((a - b) >> 3);
      to[16 * (i + 3)] = (short) ((d - c) >> 3);
    }
  }

  /**
   * Adds the residue of a block of 4 x 4 to its prediction.
   *
   * @param from where its 16 coefficients start
   * @param count how many of them may differ from 0
   * @param at the first pixel in the plane
   */
  static void add(int[] coefficients, int from, int count, byte[] plane, int at, int stride) {
    if (count > 1) {
      addAll(coefficients, from, plane, at, stride);
    } else if (coefficients[from] != 0) {
      int mean = (coefficients[from] + 4) >> 3;
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          add(plane, at + y * stride + x, mean);
        }
      }
    }
  }

  private static void addAll(int[] in, int from, byte[] plane, int at, int stride) {
    int[] columns = new int[16];
    for (int i = 0; i < 4; i++) {
      int a = in[from + i] + in[from + 8 + i];
      int b = in[from + i] - in[from + 8 + i];
      int c = sine(in[from + 4 + i]) - cosine(in[from + 12 + i]);
      int d = cosine(in[from + 4 + i]) + sine(in[from + 12 + i]);
      columns[4 * i] = a + d;
      columns[4 * i + 1] = b + c;
      columns[4 * i + 2] = b - c;
      columns[4 * i + 3] = a - d;
    }
    for (int i = 0; i < 4; i++) {
      int a = columns[i] + 4 + columns[8 + i];
      int b = columns[i] + 4 - columns[8 + i];
      int c = sine(columns[4 + i]) - cosine(columns[12 + i]);
      int d = cosine(columns[4 + i]) + sine(columns[12 + i]);
      int row = at + i * stride;
      add(plane, row, (a + d) >> 3);
      add(plane, row + 1, (b + c) >> 3);
      add(plane, row + 2, (b - c) >> 3);
      add(plane, row + 3, (a - d) >> 3);
    }
  }

  /** Times the square root of 2 and the cosine of pi / 8. */
  private static int cosine(int value) {
    return ((value * 20091) >> 16) + value;
  }

  /** Times the square root of 2 and the sine of pi / 8. */
  private static int sine(int value) {
    return (value * 35468) >> 16;
  }

  private static void add(byte[] plane, int at, int value) {
    plane[at] = (byte) Math.clamp((plane[at] & 0xff) + value, 0, 255);
  }
}
