package dev.fovea.core.image.codec;

import java.util.HexFormat;

/**
 * Reads an entropy-coded image of a lossless WebP picture: the picture itself, or one of the small
 * images that steer its decoding. Pixels are alpha, red, green and blue in an int.
 */
final class Vp8lPixels {
  private static final int LITERALS = 256;
  private static final int LENGTHS = 24;
  private static final int DISTANCES = 40;
  private static final int MOST_CACHE_BITS = 11;
  private static final int CACHE_MULTIPLIER = 0x1e35a7bd;

  /**
   * Short distances by code: rows up in the high half, 8 less the columns to the left in the low.
   */
  private static final byte[] NEAR =
      HexFormat.of()
          .parseHex(
              "1807171928062729161a262a38053739151b363a252b48044749141c353b"
                  + "464a242c58454b343c035759131d565a232d444c555b333d68026769121e"
                  + "666a222e545c434d656b323e78017779535d111f646c424e767a212f757b"
                  + "313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070");

  /** The codes of one kind of area. */
  private record Codes(
      Vp8lCode green, Vp8lCode red, Vp8lCode blue, Vp8lCode alpha, Vp8lCode distance) {}

  private final Vp8lBits in;
  private final int width;
  private final int[] pixels;

  /** Recent pixels by their hash; empty where the image has no such cache. */
  private int[] cache = {};

  private int cacheShift;
  private Codes[] codes = {};

  /** Which codes each area has, areas being squares with sides of a power of two. */
  private int[] areas = {};

  private int areaBits = 31;
  private int areasPerRow;

  private Vp8lPixels(Vp8lBits in, int width, int height) {
    this.in = in;
    this.width = width;
    this.pixels = new int[width * height];
  }

  /** Reads a picture, which may have different codes in different areas. */
  static int[] readPicture(Vp8lBits in, int width, int height) throws BadPictureException {
    Vp8lPixels image = new Vp8lPixels(in, width, height);
    image.readCache();
    int kinds = 1;
    if (in.flag()) {
      image.areaBits = 2 + in.number(3);
      image.areasPerRow = tiles(width, image.areaBits);
      image.areas = readSmall(in, image.areasPerRow, tiles(height, image.areaBits));
      for (int i = 0; i < image.areas.length; i++) {
        image.areas[i] = (image.areas[i] >>> 8) & 0xffff;
        kinds = Math.max(kinds, image.areas[i] + 1);
      }
    }
    image.readCodes(kinds);
    image.readPixels();
    return image.pixels;
  }

  /** Reads an image that steers decoding. */
  static int[] readSmall(Vp8lBits in, int width, int height) throws BadPictureException {
    Vp8lPixels image = new Vp8lPixels(in, width, height);
    image.readCache();
    image.readCodes(1);
    image.readPixels();
    return image.pixels;
  }

  /** How many tiles with sides of a power of two cover a line. */
  static int tiles(int length, int bits) {
    return (length + (1 << bits) - 1) >> bits;
  }

  private void readCache() throws BadPictureException {
    if (in.flag()) {
      int bits = in.number(4);
      if (bits < 1 || bits > MOST_CACHE_BITS) {
        throw new BadPictureException("damaged: a colour cache of impossible size");
      }
      cache = new int[1 << bits];
      cacheShift = 32 - bits;
    }
  }

  private void readCodes(int kinds) throws BadPictureException {
    codes = new Codes[kinds];
    for (int i = 0; i < kinds; i++) {
      codes[i] =
          new Codes(
              Vp8lCode.read(in, LITERALS + LENGTHS + cache.length),
              Vp8lCode.read(in, LITERALS),
              Vp8lCode.read(in, LITERALS),
              Vp8lCode.read(in, LITERALS),
              Vp8lCode.read(in, DISTANCES));
    }
  }

  private void readPixels() throws BadPictureException {
    int at = 0;
    while (at < pixels.length) {
      Codes here = codes(at);
      int green = here.green.symbol(in);
      if (green < LITERALS) {
        int red = here.red.symbol(in);
        int blue = here.blue.symbol(in);
        int alpha = here.alpha.symbol(in);
        put(at++, alpha << 24 | red << 16 | green << 8 | blue);
      } else if (green < LITERALS + LENGTHS) {
        int length = prefixed(green - LITERALS);
        at = copy(at, length, distance(prefixed(here.distance.symbol(in))));
      } else {
        put(at++, cache[green - LITERALS - LENGTHS]);
      }
      if (at % width == 0 || green >= LITERALS) {
        in.checkNotExhausted();
      }
    }
    in.checkNotExhausted();
  }

  private Codes codes(int at) {
    if (areas.length == 0) {
      return codes[0];
    }
    return codes[areas[((at / width) >> areaBits) * areasPerRow + ((at % width) >> areaBits)]];
  }

  private void put(int at, int pixel) {
    pixels[at] = pixel;
    if (cache.length > 0) {
      cache[(pixel * CACHE_MULTIPLIER) >>> cacheShift] = pixel;
    }
  }

  /** A number whose size is in its code and whose low bits follow. */
  private int prefixed(int code) {
    if (code < 4) {
      return code + 1;
    }
    int bits = (code - 2) >> 1;
    return ((2 + (code & 1)) << bits) + in.number(bits) + 1;
  }

  private int distance(int code) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max(1, (near >> 4) * width + 8 - (near & 15));
  }

  private int copy(int at, int length, int distance) throws BadPictureException {
    if (distance > at || length > pixels.length - at) {
      throw new BadPictureException("damaged: a copy reaches beyond the picture");
    }
    for (int i = at; i < at + length; i++) {
      put(i, pixels[i - distance]);
    }
    return at + length;
  }
}
