package dev.fovea.core.image.codec;

/**
 * How a picture is stored, by the EXIF tag of that name: 1 is upright, 2 to 8 are the other ways to
 * hold a camera or a mirror.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  FLIPPED_LEFT_RIGHT(true, false, false),
  ROTATED_180(true, true, false),
  FLIPPED_TOP_BOTTOM(false, true, false),
  TRANSPOSED(false, false, true),
  ROTATED_90_LEFT(false, true, true),
  TRANSVERSED(true, true, true),
  ROTATED_90_RIGHT(true, false, true);

  /** Whether the upright picture begins at the right edge of the stored one. */
  private final boolean fromRight;

  /** Whether it begins at the bottom. */
  private final boolean fromBottom;

  /** Whether stored columns become rows. */
  private final boolean swapsSides;

  Orientation(boolean fromRight, boolean fromBottom, boolean swapsSides) {
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
    this.swapsSides = swapsSides;
  }

  /** By the value of the tag; what the tag does not define is upright. */
  static Orientation of(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
  }

  /** Turns a stored picture upright. */
  Bitmap upright(Bitmap stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    return new Bitmap(
        swapsSides ? stored.height() : stored.width(),
        swapsSides ? stored.width() : stored.height(),
        turn(stored.rgb(), 3, stored.width(), stored.height()),
        stored.alpha().map(alpha -> turn(alpha, 1, stored.width(), stored.height())));
  }

  /** A walk over the stored pixels: a start, and a step per column and per row. */
  private byte[] turn(byte[] from, int channels, int width, int height) {
    int source = (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * width : 0);
    int alongWidth = fromRight ? -1 : 1;
    int alongHeight = fromBottom ? -width : width;
    int perColumn = swapsSides ? alongHeight : alongWidth;
    int perRow = swapsSides ? alongWidth : alongHeight;
    int columns = swapsSides ? height : width;
    byte[] to = new byte[from.length];
    for (int at = 0; at < to.length; source += perRow) {
      int pixel = source;
      for (int column = 0; column < columns; column++) {
        for (int c = 0; c < channels; c++) {
          to[at++] = from[pixel * channels + c];
        }
        pixel += perColumn;
      }
    }
    return to;
  }
}
