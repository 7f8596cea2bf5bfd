package dev.fovea.core.image;

import java.util.Optional;

/** Lays transparent pictures onto a colour, with the arithmetic of Pillow's alpha_composite. */
final class Compositing {
  private static final int PRECISION_BITS = 7;

  private Compositing() {}

  /** The picture without transparency. */
  static Image onto(Image image, Rgb background) {
    if (image.alpha().isEmpty()) {
      return image;
    }
    byte[] alpha = image.alpha().get();
    byte[] rgb = image.rgb().clone();
    for (int i = 0; i < alpha.length; i++) {
      int a = alpha[i] & 0xff;
      if (a != 255) {
        int weight = a << PRECISION_BITS;
        int rest = (255 << PRECISION_BITS) - weight;
        rgb[3 * i] = blend(rgb[3 * i], weight, background.red(), rest);
        rgb[3 * i + 1] = blend(rgb[3 * i + 1], weight, background.green(), rest);
        rgb[3 * i + 2] = blend(rgb[3 * i + 2], weight, background.blue(), rest);
      }
    }
    return new Image(image.width(), image.height(), rgb, Optional.empty());
  }

  private static byte blend(byte value, int weight, int background, int rest) {
    int sum = (value & 0xff) * weight + background * rest + (0x80 << PRECISION_BITS);
    return (byte) ((((sum >> 8) + sum) >> 8) >> PRECISION_BITS);
  }
}
