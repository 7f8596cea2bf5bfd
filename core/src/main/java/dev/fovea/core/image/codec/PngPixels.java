package dev.fovea.core.image.codec;

import dev.fovea.core.image.codec.PngHeader.Color;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns rows of PNG samples into RGB and alpha, as Pillow's {@code convert("RGB")} does: 16-bit
 * colours keep their high byte, 16-bit gray is clipped at 255.
 */
final class PngPixels {
  private final PngHeader header;
  private final byte[] palette = new byte[3 * 256];
  private final byte[] paletteAlpha = new byte[256];

  /** Raw samples of the one colour that is transparent, or empty. */
  private final int[] transparent;

  private final byte[] rgb;
  private final Optional<byte[]> alpha;
  private int[] samples = {};

  PngPixels(PngChunks chunks) throws BadPictureException {
    header = chunks.header();
    System.arraycopy(
        chunks.palette(), 0, palette, 0, Math.min(chunks.palette().length, palette.length));
    Arrays.fill(paletteAlpha, (byte) 255);
    transparent = transparency(chunks.transparency().orElse(new byte[0]));
    boolean hasAlpha =
        switch (header.color()) {
          case GRAY, RGB -> transparent.length > 0;
          case PALETTE -> chunks.transparency().isPresent();
          case GRAY_ALPHA, RGB_ALPHA -> true;
        };
    int count = header.width() * header.height();
    rgb = new byte[3 * count];
    alpha = hasAlpha ? Optional.of(new byte[count]) : Optional.empty();
  }

  private int[] transparency(byte[] chunk) throws BadPictureException {
    if (header.color() == Color.PALETTE) {
      System.arraycopy(chunk, 0, paletteAlpha, 0, Math.min(chunk.length, paletteAlpha.length));
      return new int[0];
    }
    if (chunk.length == 0
        || header.color() == Color.GRAY_ALPHA
        || header.color() == Color.RGB_ALPHA) {
      return new int[0];
    }
    int[] colour = new int[header.color().samples];
    if (chunk.length < 2 * colour.length) {
      throw new BadPictureException("damaged: its transparent colour is incomplete");
    }
    for (int i = 0; i < colour.length; i++) {
      colour[i] = (chunk[2 * i] & 0xff) << 8 | (chunk[2 * i + 1] & 0xff);
    }
    return colour;
  }

  Bitmap toBitmap() {
    return new Bitmap(header.width(), header.height(), rgb, alpha);
  }

  /**
   * Stores a row.
   *
   * @param row a filter byte, then the samples
   * @param first where the first pixel goes
   * @param step from one pixel to the next
   */
  void put(byte[] row, int pixels, int first, int step) {
    if (header.depth() == 8 && header.color() == Color.RGB && step == 1 && alpha.isEmpty()) {
      System.arraycopy(row, 1, rgb, 3 * first, 3 * pixels);
      return;
    }
    if (samples.length < pixels * header.color().samples) {
      samples = new int[pixels * header.color().samples];
    }
    unpack(row, pixels * header.color().samples);
    switch (header.color()) {
      case GRAY -> putGray(pixels, first, step);
      case PALETTE -> putPalette(pixels, first, step);
      case GRAY_ALPHA, RGB, RGB_ALPHA -> putColours(pixels, first, step);
    }
  }

  private void unpack(byte[] row, int count) {
    int depth = header.depth();
    if (depth == 8) {
      for (int i = 0; i < count; i++) {
        samples[i] = row[i + 1] & 0xff;
      }
    } else if (depth == 16) {
      for (int i = 0; i < count; i++) {
        samples[i] = (row[2 * i + 1] & 0xff) << 8 | (row[2 * i + 2] & 0xff);
      }
    } else {
      int mask = (1 << depth) - 1;
      for (int i = 0; i < count; i++) {
        int bit = i * depth;
        samples[i] = row[1 + (bit >> 3)] >> (8 - depth - (bit & 7)) & mask;
      }
    }
  }

  private void putGray(int pixels, int first, int step) {
    int scale = header.depth() >= 8 ? 1 : 255 / ((1 << header.depth()) - 1);
    for (int i = 0, at = first; i < pixels; i++, at += step) {
      byte gray = (byte) Math.min(255, samples[i] * scale);
      rgb[3 * at] = gray;
      rgb[3 * at + 1] = gray;
      rgb[3 * at + 2] = gray;
    }
    if (alpha.isPresent()) {
      byte[] out = alpha.get();
      for (int i = 0, at = first; i < pixels; i++, at += step) {
        out[at] = (byte) (samples[i] == transparent[0] ? 0 : 255);
      }
    }
  }

  private void putPalette(int pixels, int first, int step) {
    for (int i = 0, at = first; i < pixels; i++, at += step) {
      System.arraycopy(palette, 3 * samples[i], rgb, 3 * at, 3);
    }
    if (alpha.isPresent()) {
      byte[] out = alpha.get();
      for (int i = 0, at = first; i < pixels; i++, at += step) {
        out[at] = paletteAlpha[samples[i]];
      }
    }
  }

  private void putColours(int pixels, int first, int step) {
    int count = header.color().samples;
    int green = count > 2 ? 1 : 0;
    int shift = header.depth() - 8;
    byte[] out = alpha.orElse(new byte[0]);
    for (int i = 0, at = first, from = 0; i < pixels; i++, at += step, from += count) {
      rgb[3 * at] = (byte) (samples[from] >> shift);
      rgb[3 * at + 1] = (byte) (samples[from + green] >> shift);
      rgb[3 * at + 2] = (byte) (samples[from + 2 * green] >> shift);
      if (out.length > 0) {
        out[at] = (byte) (count == 3 ? alphaOf(from) : samples[from + count - 1] >> shift);
      }
    }
  }

  private int alphaOf(int from) {
    boolean isTransparent =
        samples[from] == transparent[0]
            && samples[from + 1] == transparent[1]
            && samples[from + 2] == transparent[2];
    return isTransparent ? 0 : 255;
  }
}
