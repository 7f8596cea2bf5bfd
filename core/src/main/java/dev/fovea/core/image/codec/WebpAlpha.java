package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;

/** Reads the transparency of lossy WebP pictures. */
final class WebpAlpha {
  private static final int NO_FILTER = 0;
  private static final int HORIZONTAL = 1;
  private static final int VERTICAL = 2;

  private WebpAlpha() {}

  /**
   * Decodes the content of an "ALPH" chunk.
   *
   * @return height * width bytes
   */
  static byte[] decode(ByteBuffer chunk, int width, int height) throws BadPictureException {
    if (chunk.limit() < 2) {
      throw BadPictureException.truncated("within its transparency");
    }
    int method = chunk.get(0) & 3;
    int filter = (chunk.get(0) >> 2) & 3;
    boolean known = method <= 1 && ((chunk.get(0) >> 4) & 15) <= 1;
    if (!known) {
      throw new BadPictureException("damaged: its transparency has an unknown form");
    }
    ByteBuffer data = chunk.slice(1, chunk.limit() - 1);
    byte[] alpha = new byte[width * height];
    if (method == 0) {
      if (data.remaining() < alpha.length) {
        throw BadPictureException.truncated("within its transparency");
      }
      data.get(alpha);
    } else {
      int[] pixels = Vp8l.decodeStream(data, width, height);
      for (int i = 0; i < alpha.length; i++) {
        alpha[i] = (byte) (pixels[i] >> 8);
      }
    }
    if (filter != NO_FILTER) {
      undoFilter(alpha, width, filter);
    }
    return alpha;
  }

  /** The first row has nothing above and the first column nothing to the left to predict from. */
  private static void undoFilter(byte[] alpha, int width, int filter) {
    for (int i = 1; i < alpha.length; i++) {
      int prediction;
      if (i < width) {
        prediction = alpha[i - 1];
      } else if (i % width == 0 || filter == VERTICAL) {
        prediction = alpha[i - width];
      } else if (filter == HORIZONTAL) {
        prediction = alpha[i - 1];
      } else {
        int left = alpha[i - 1] & 0xff;
        int above = alpha[i - width] & 0xff;
        prediction = Math.clamp(left + above - (alpha[i - width - 1] & 0xff), 0, 255);
      }
      alpha[i] += (byte) prediction;
    }
  }
}
