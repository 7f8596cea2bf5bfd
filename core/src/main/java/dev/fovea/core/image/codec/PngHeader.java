package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;

/**
 * The IHDR chunk of a PNG file.
 *
 * @param depth bits per sample
 */
record PngHeader(int width, int height, int depth, Color color, boolean interlaced) {
  /** What the samples of a pixel mean. */
  enum Color {
    GRAY(1),
    RGB(3),
    PALETTE(1),
    GRAY_ALPHA(2),
    RGB_ALPHA(4);

    final int samples;

    Color(int samples) {
      this.samples = samples;
    }
  }

  static PngHeader read(ByteBuffer chunk) throws BadPictureException {
    if (chunk.remaining() != 13) {
      throw new BadPictureException("damaged: its header has the wrong length");
    }
    int width = chunk.getInt();
    int height = chunk.getInt();
    int depth = chunk.get() & 0xff;
    int type = chunk.get() & 0xff;
    Color color =
        switch (type) {
          case 0 -> Color.GRAY;
          case 2 -> Color.RGB;
          case 3 -> Color.PALETTE;
          case 4 -> Color.GRAY_ALPHA;
          case 6 -> Color.RGB_ALPHA;
          default -> throw new BadPictureException("damaged: unknown colour type " + type);
        };
    boolean known =
        switch (depth) {
          case 8 -> true;
          case 1, 2, 4 -> color == Color.GRAY || color == Color.PALETTE;
          case 16 -> color != Color.PALETTE;
          default -> false;
        };
    if (!known) {
      throw new BadPictureException(
          "damaged: no PNG file has %d bits in colour type %d".formatted(depth, type));
    }
    int compression = chunk.get();
    int filter = chunk.get();
    int interlace = chunk.get();
    if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
      throw new BadPictureException("damaged: unknown compression, filter or interlace method");
    }
    PictureLimits.check(width, height);
    return new PngHeader(width, height, depth, color, interlace == 1);
  }

  int bitsPerPixel() {
    return depth * color.samples;
  }

  /** How many bytes a row of that many pixels takes, without its filter byte. */
  int rowBytes(int pixels) {
    return (int) (((long) pixels * bitsPerPixel() + 7) / 8);
  }

  /** A lower bound of the bytes of all rows. */
  long leastBytes() {
    return (long) width * height * bitsPerPixel() / 8;
  }
}
