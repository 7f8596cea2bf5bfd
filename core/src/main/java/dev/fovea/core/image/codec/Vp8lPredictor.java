package dev.fovea.core.image.codec;

/**
 * Pixels were replaced by their difference from a prediction; each tile has a way of predicting.
 *
 * @param bits the side of a tile, as a power of two
 * @param tiles the way, in the green channel
 */
record Vp8lPredictor(int width, int bits, int perRow, int[] tiles) implements Vp8lTransform {
  private static final int BLACK = 0xff000000;

  @Override
  public int[] undo(int[] pixels) {
    pixels[0] = Argb.add(pixels[0], BLACK);
    for (int i = 1; i < Math.min(width, pixels.length); i++) {
      pixels[i] = Argb.add(pixels[i], pixels[i - 1]);
    }
    for (int row = width; row < pixels.length; row += width) {
      pixels[row] = Argb.add(pixels[row], pixels[row - width]);
      int tileRow = ((row / width) >> bits) * perRow;
      for (int x = 1; x < width; ) {
        int way = (tiles[tileRow + (x >> bits)] >>> 8) & 15;
        int end = Math.min(width, ((x >> bits) + 1) << bits);
        for (; x < end; x++) {
          int at = row + x;
          pixels[at] = Argb.add(pixels[at], predict(way, pixels, at));
        }
      }
    }
    return pixels;
  }

  /** The pixel to the right above a row's last one is the first of that row itself. */
  private int predict(int way, int[] pixels, int at) {
    int left = pixels[at - 1];
    int above = pixels[at - width];
    int aboveLeft = pixels[at - width - 1];
    int aboveRight = pixels[at - width + 1];
    return switch (way) {
      case 1 -> left;
      case 2 -> above;
      case 3 -> aboveRight;
      case 4 -> aboveLeft;
      case 5 -> Argb.mean(Argb.mean(left, aboveRight), above);
      case 6 -> Argb.mean(left, aboveLeft);
      case 7 -> Argb.mean(left, above);
      case 8 -> Argb.mean(aboveLeft, above);
      case 9 -> Argb.mean(above, aboveRight);
      case 10 -> Argb.mean(Argb.mean(left, aboveLeft), Argb.mean(above, aboveRight));
      case 11 -> Argb.distance(left, aboveLeft) <= Argb.distance(above, aboveLeft) ? above : left;
      case 12 -> Argb.addDifference(left, above, aboveLeft);
      case 13 -> Argb.addHalfDifference(Argb.mean(left, above), aboveLeft);
      default -> BLACK;
    };
  }
}
