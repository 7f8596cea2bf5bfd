package dev.fovea.core.image.codec;

import java.util.Arrays;

/**
 * A plane of samples with a border above and to the left, from which the first blocks are
 * predicted.
 */
final class Vp8Plane {
  private static final byte ABOVE = 127;
  private static final byte LEFT = (byte) 129;

  final byte[] samples;
  final int stride;
  final int width;
  final int height;

  Vp8Plane(int width, int height) {
    this.width = width;
    this.height = height;
    stride = width + 1;
    samples = new byte[stride * (height + 1)];
    Arrays.fill(samples, 0, stride, ABOVE);
    for (int y = 0; y < height; y++) {
      samples[at(-1, y)] = LEFT;
    }
  }

  /** The index of a sample; -1 is the border. */
  int at(int x, int y) {
    return (y + 1) * stride + x + 1;
  }
}
