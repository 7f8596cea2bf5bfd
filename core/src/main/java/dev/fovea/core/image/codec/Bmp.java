package dev.fovea.core.image.codec;

import dev.fovea.core.image.codec.BmpHeader.Layout;
import java.util.Optional;

/** Reads BMP files of all usual kinds, also with run lengths. */
final class Bmp {
  private Bmp() {}

  static boolean recognises(byte[] file) {
    return Signatures.startsWith(file, 0, 'B', 'M');
  }

  static Bitmap decode(byte[] file) throws BadPictureException {
    BmpHeader header = BmpHeader.read(file);
    if (header.compression() != BmpHeader.Compression.NONE) {
      return ofIndices(header, BmpRuns.unpack(file, header));
    }
    long stride = ((long) header.width() * header.bits() + 31) / 32 * 4;
    if (header.dataStart() + stride * header.height() > file.length) {
      throw BadPictureException.truncated("before its last row");
    }
    return header.bits() <= 8
        ? ofIndices(header, indices(file, header, (int) stride))
        : ofColors(file, header, (int) stride);
  }

  /** Where a row of the file belongs. */
  private static int row(BmpHeader header, int stored) {
    return header.topDown() ? stored : header.height() - 1 - stored;
  }

  private static byte[] indices(byte[] file, BmpHeader header, int stride) {
    int bits = header.bits();
    int mask = (1 << bits) - 1;
    byte[] indices = new byte[header.width() * header.height()];
    for (int y = 0; y < header.height(); y++) {
      int from = header.dataStart() + y * stride;
      for (int x = 0; x < header.width(); x++) {
        int bit = x * bits;
        indices[y * header.width() + x] =
            (byte) (file[from + (bit >> 3)] >> (8 - bits - (bit & 7)) & mask);
      }
    }
    return indices;
  }

  private static Bitmap ofIndices(BmpHeader header, byte[] indices) {
    int width = header.width();
    byte[] rgb = new byte[3 * indices.length];
    for (int y = 0; y < header.height(); y++) {
      int to = row(header, y) * width;
      for (int x = 0; x < width; x++) {
        int index = indices[y * width + x] & 0xff;
        System.arraycopy(header.palette(), 3 * index, rgb, 3 * (to + x), 3);
      }
    }
    return new Bitmap(width, header.height(), rgb, Optional.empty());
  }

  private static Bitmap ofColors(byte[] file, BmpHeader header, int stride) {
    int width = header.width();
    int bytes = header.bits() / 8;
    Layout layout = header.layout();
    byte[] rgb = new byte[3 * width * header.height()];
    Optional<byte[]> alpha =
        layout.alpha() == 0 ? Optional.empty() : Optional.of(new byte[width * header.height()]);
    for (int y = 0; y < header.height(); y++) {
      int from = header.dataStart() + y * stride;
      int to = row(header, y) * width;
      for (int x = 0; x < width; x++, from += bytes, to++) {
        int pixel = 0;
        for (int i = 0; i < bytes; i++) {
          pixel |= (file[from + i] & 0xff) << (8 * i);
        }
        rgb[3 * to] = (byte) Layout.value(pixel, layout.red());
        rgb[3 * to + 1] = (byte) Layout.value(pixel, layout.green());
        rgb[3 * to + 2] = (byte) Layout.value(pixel, layout.blue());
        if (alpha.isPresent()) {
          alpha.get()[to] = (byte) Layout.value(pixel, layout.alpha());
        }
      }
    }
    return new Bitmap(width, header.height(), rgb, alpha);
  }
}
