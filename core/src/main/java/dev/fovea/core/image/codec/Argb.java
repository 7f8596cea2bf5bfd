package dev.fovea.core.image.codec;

/** Arithmetic on the four bytes of a pixel at once. */
final class Argb {
  private Argb() {}

  /** The sum of each byte, without its carry. */
  static int add(int a, int b) {
    int alphaAndGreen = (a & 0xff00ff00) + (b & 0xff00ff00);
    int redAndBlue = (a & 0x00ff00ff) + (b & 0x00ff00ff);
    return (alphaAndGreen & 0xff00ff00) | (redAndBlue & 0x00ff00ff);
  }

  /** The mean of each byte, rounded down. */
  static int mean(int a, int b) {
    return (((a ^ b) >>> 1) & 0x7f7f7f7f) + (a & b);
  }

  /** The sum of the differences of the bytes. */
  static int distance(int a, int b) {
    int sum = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      sum += Math.abs(((a >>> shift) & 0xff) - ((b >>> shift) & 0xff));
    }
    return sum;
  }

  /** a + b - c, byte by byte and clipped. */
  static int addDifference(int a, int b, int c) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = ((a >>> shift) & 0xff) + ((b >>> shift) & 0xff) - ((c >>> shift) & 0xff);
      result |= Math.clamp(value, 0, 255) << shift;
    }
    return result;
  }

  /** a + (a - b) / 2, byte by byte and clipped. */
  static int addHalfDifference(int a, int b) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = (a >>> shift) & 0xff;
      int half = (value - ((b >>> shift) & 0xff)) / 2;
      result |= Math.clamp(value + half, 0, 255) << shift;
    }
    return result;
  }
}
