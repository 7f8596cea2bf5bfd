package dev.fovea.core.image.codec;

/** What an encoder did to a lossless picture to make it smaller, and how to undo it. */
interface Vp8lTransform {
  /**
   * Undoes it.
   *
   * @param pixels what the later transforms left
   * @return the pixels before, which may be the same array
   */
  int[] undo(int[] pixels);

  /** The width of the picture after the transform. */
  int width();

  /** Reads a transform of a picture. */
  static Vp8lTransform read(Vp8lBits in, int kind, int width, int height)
      throws BadPictureException {
    return switch (kind) {
      case 0 -> {
        int bits = 2 + in.number(3);
        int perRow = Vp8lPixels.tiles(width, bits);
        yield new Vp8lPredictor(width, bits, perRow, readTiles(in, bits, perRow, height));
      }
      case 1 -> {
        int bits = 2 + in.number(3);
        int perRow = Vp8lPixels.tiles(width, bits);
        yield new CrossColor(width, bits, perRow, readTiles(in, bits, perRow, height));
      }
      case 2 -> new SubtractGreen(width);
      default -> readPalette(in, width, height);
    };
  }

  private static int[] readTiles(Vp8lBits in, int bits, int perRow, int height)
      throws BadPictureException {
    return Vp8lPixels.readSmall(in, perRow, Vp8lPixels.tiles(height, bits));
  }

  private static Palette readPalette(Vp8lBits in, int width, int height)
      throws BadPictureException {
    int colors = 1 + in.number(8);
    int[] palette = Vp8lPixels.readSmall(in, colors, 1);
    for (int i = 1; i < colors; i++) {
      palette[i] = Argb.add(palette[i], palette[i - 1]);
    }
    int packing = colors > 16 ? 0 : colors > 4 ? 1 : colors > 2 ? 2 : 3;
    return new Palette(width, height, palette, packing);
  }

  /** Green was subtracted from red and blue. */
  record SubtractGreen(int width) implements Vp8lTransform {
    @Override
    public int[] undo(int[] pixels) {
      for (int i = 0; i < pixels.length; i++) {
        int green = (pixels[i] >>> 8) & 0xff;
        pixels[i] = Argb.add(pixels[i], green << 16 | green);
      }
      return pixels;
    }
  }

  /** Multiples of green were subtracted from red and blue, and of red from blue. */
  record CrossColor(int width, int bits, int perRow, int[] tiles) implements Vp8lTransform {
    @Override
    public int[] undo(int[] pixels) {
      for (int i = 0; i < pixels.length; i++) {
        int tile = tiles[((i / width) >> bits) * perRow + ((i % width) >> bits)];
        int pixel = pixels[i];
        int green = pixel >> 8;
        int red = (pixel >> 16) + multiply(tile, green);
        int blue = pixel + multiply(tile >> 8, green) + multiply(tile >> 16, red);
        pixels[i] = (pixel & 0xff00ff00) | (red & 0xff) << 16 | (blue & 0xff);
      }
      return pixels;
    }

    /** Of the low bytes, as signed numbers. */
    private static int multiply(int factor, int color) {
      return ((byte) factor * (byte) color) >> 5;
    }
  }

  /**
   * Colours were replaced by indices in the green channel, several to a pixel where they are few.
   *
   * @param packing indices in a pixel, as a power of two
   */
  record Palette(int fullWidth, int height, int[] palette, int packing) implements Vp8lTransform {
    @Override
    public int width() {
      return Vp8lPixels.tiles(fullWidth, packing);
    }

    @Override
    public int[] undo(int[] packed) {
      int perRow = width();
      int bits = 8 >> packing;
      int mask = (1 << bits) - 1;
      int[] pixels = new int[fullWidth * height];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < fullWidth; x++) {
          int green = (packed[y * perRow + (x >> packing)] >>> 8) & 0xff;
          int inPixel = x & ((1 << packing) - 1);
          int index = (green >> (bits * inPixel)) & mask;
          pixels[y * fullWidth + x] = index < palette.length ? palette[index] : 0;
        }
      }
      return pixels;
    }
  }
}
