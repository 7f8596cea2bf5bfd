package dev.fovea.core.image.codec;

/** What a header may claim. Checked before anything of that size is allocated. */
final class PictureLimits {
  /** Twice Pillow's warning level, where Pillow refuses too: 537 MB of RGB. */
  static final long MAX_PIXELS = 178_956_970;

  static final int MAX_SIDE = 1 << 18;

  /** A canvas of one colour can have that many in hardly any bytes. */
  private static final long PLAIN_PIXELS = 1 << 24;

  private static final int MOST_CANVAS_PIXELS_PER_BYTE = 1 << 14;

  private PictureLimits() {}

  static void check(long width, long height) throws BadPictureException {
    if (width < 1 || height < 1) {
      throw new BadPictureException(
          "damaged: its header says %d x %d pixels".formatted(width, height));
    }
    if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) {
      throw new BadPictureException(
          "%,d x %,d pixels is more than Fovea reads (%,d in all, %,d on a side); make it smaller"
              .formatted(width, height, MAX_PIXELS, MAX_SIDE));
    }
  }

  /** Refuses a huge canvas with next to nothing on it. */
  static void checkCanvas(long width, long height, long fileBytes) throws BadPictureException {
    check(width, height);
    checkFilled(width * height - PLAIN_PIXELS, fileBytes, MOST_CANVAS_PIXELS_PER_BYTE);
  }

  /**
   * Refuses a claim that the compressed data cannot fill.
   *
   * @param most how many pixels or bytes the format can make of one compressed byte
   */
  static void checkFilled(long claimed, long compressedBytes, int most) throws BadPictureException {
    if (claimed > (compressedBytes + 64) * most) {
      throw new BadPictureException(
          "truncated: the header claims far more picture than %,d bytes of data can hold"
              .formatted(compressedBytes));
    }
  }
}
