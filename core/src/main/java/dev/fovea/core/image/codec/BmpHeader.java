package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The headers of a BMP file.
 *
 * @param topDown whether the first row of the file is the top one
 * @param palette 256 RGB colours, for 8 bits per pixel and less
 * @param layout where the colours are in a pixel, for more than 8 bits
 * @param dataStart where the rows begin
 */
record BmpHeader(
    int width,
    int height,
    boolean topDown,
    int bits,
    Compression compression,
    byte[] palette,
    Layout layout,
    int dataStart) {
  /** How rows are stored. */
  enum Compression {
    NONE,
    RUNS_OF_BYTES,
    RUNS_OF_HALF_BYTES
  }

  /** Bit masks of a pixel; an alpha mask of 0 means opaque. */
  record Layout(int red, int green, int blue, int alpha) {
    static final Layout FIVE_BITS = new Layout(0x7c00, 0x3e0, 0x1f, 0);
    static final Layout EIGHT_BITS = new Layout(0xff0000, 0xff00, 0xff, 0);

    /** The value of a pixel under a mask, brought to 8 bits. */
    static int value(int pixel, int mask) {
      int shift = Integer.numberOfTrailingZeros(mask);
      long largest = (mask & 0xffffffffL) >>> shift;
      return (int) (((pixel & mask & 0xffffffffL) >>> shift) * 255 / largest);
    }
  }

  private static final int FILE_HEADER_BYTES = 14;
  private static final int OLD_HEADER_BYTES = 12;
  private static final int RUNS_8 = 1;
  private static final int RUNS_4 = 2;
  private static final int BIT_FIELDS = 3;

  static BmpHeader read(byte[] file) throws BadPictureException {
    if (file.length < FILE_HEADER_BYTES + OLD_HEADER_BYTES) {
      throw BadPictureException.truncated("within its header");
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long size = in.getInt(FILE_HEADER_BYTES) & 0xffffffffL;
    boolean old = size == OLD_HEADER_BYTES;
    if (!old && (size < 40 || size > 124)) {
      throw new BadPictureException("damaged: unknown kind of BMP header");
    }
    if (file.length < FILE_HEADER_BYTES + size) {
      throw BadPictureException.truncated("within its header");
    }
    int at = FILE_HEADER_BYTES + 4;
    long width = old ? in.getShort(at) & 0xffff : in.getInt(at);
    long height = old ? in.getShort(at + 2) & 0xffff : in.getInt(at + 4);
    int bits = in.getShort(old ? at + 6 : at + 10) & 0xffff;
    int compression = old ? 0 : in.getInt(at + 12);
    long colors = old ? 0 : in.getInt(at + 28) & 0xffffffffL;
    PictureLimits.check(width, Math.abs(height));
    int headerEnd = FILE_HEADER_BYTES + (int) size;
    int masksEnd = compression == BIT_FIELDS && size == 40 ? headerEnd + 12 : headerEnd;
    Optional<Layout> layout = layout(in, bits, compression, size);
    int entryBytes = old ? 3 : 4;
    int paletteBytes = 0;
    byte[] palette = {};
    if (bits <= 8) {
      int entries = (int) Math.min(colors == 0 ? 1L << bits : colors, 1 << 16);
      paletteBytes = entryBytes * entries;
      palette = palette(file, headerEnd, entryBytes, Math.min(entries, 256));
    }
    long offset = in.getInt(10) & 0xffffffffL;
    if (offset == 0) {
      offset = masksEnd;
    }
    if (offset == headerEnd && bits <= 8) {
      offset += paletteBytes;
    }
    if (offset < headerEnd || offset > file.length) {
      throw BadPictureException.truncated("before its pixels");
    }
    return new BmpHeader(
        (int) width,
        (int) Math.abs(height),
        height < 0,
        bits,
        compression(compression, bits),
        palette,
        layout.orElse(Layout.EIGHT_BITS),
        (int) offset);
  }

  private static Compression compression(int compression, int bits) throws BadPictureException {
    if (compression == RUNS_8 && bits == 8) {
      return Compression.RUNS_OF_BYTES;
    }
    if (compression == RUNS_4 && bits == 4) {
      return Compression.RUNS_OF_HALF_BYTES;
    }
    if (compression != 0 && (compression != BIT_FIELDS || bits <= 8)) {
      throw new BadPictureException(
          "a BMP with compression %s of %d-bit pixels, which is not supported"
              .formatted(Integer.toUnsignedString(compression), bits));
    }
    return Compression.NONE;
  }

  private static Optional<Layout> layout(ByteBuffer in, int bits, int compression, long size)
      throws BadPictureException {
    switch (bits) {
      case 1, 4, 8 -> {
        return Optional.empty();
      }
      case 16, 24, 32 -> {}
      default ->
          throw new BadPictureException(
              "a BMP with %d bits per pixel; 1, 4, 8, 16, 24 and 32 are supported".formatted(bits));
    }
    if (compression != BIT_FIELDS) {
      return Optional.of(bits == 16 ? Layout.FIVE_BITS : Layout.EIGHT_BITS);
    }
    int at = FILE_HEADER_BYTES + 40;
    if (in.limit() < at + 16) {
      throw BadPictureException.truncated("within its header");
    }
    int alpha = size >= 56 ? in.getInt(at + 12) : 0;
    Layout layout = new Layout(in.getInt(at), in.getInt(at + 4), in.getInt(at + 8), alpha);
    if (layout.red == 0 || layout.green == 0 || layout.blue == 0) {
      throw new BadPictureException("damaged: a colour has no bits");
    }
    return Optional.of(layout);
  }

  private static byte[] palette(byte[] file, int at, int entryBytes, int entries)
      throws BadPictureException {
    if (at + entryBytes * entries > file.length) {
      throw BadPictureException.truncated("within its palette");
    }
    byte[] palette = new byte[3 * 256];
    for (int i = 0; i < entries; i++) {
      for (int c = 0; c < 3; c++) {
        palette[3 * i + c] = file[at + entryBytes * i + 2 - c];
      }
    }
    return palette;
  }
}
