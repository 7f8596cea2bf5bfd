package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The rows of a PNG picture, unpacked and unfiltered one after the other. */
final class PngRows implements AutoCloseable {
  private final Inflater inflater = new Inflater();
  private final List<ByteBuffer> parts;
  private final int bytesPerPixel;
  private int nextPart;

  PngRows(List<ByteBuffer> parts, int bytesPerPixel) {
    this.parts = parts;
    this.bytesPerPixel = bytesPerPixel;
  }

  @Override
  public void close() {
    inflater.end();
  }

  /**
   * Reads the next row.
   *
   * @param row takes the filter type and the bytes of the row
   * @param above the row before, in the same form; zeros for the first of a picture or pass
   * @param length bytes without the filter type
   */
  void next(byte[] row, byte[] above, int length) throws BadPictureException {
    fill(row, length + 1);
    switch (row[0]) {
      case 0 -> {}
      case 1 -> sub(row, length);
      case 2 -> up(row, above, length);
      case 3 -> average(row, above, length);
      case 4 -> paeth(row, above, length);
      default -> throw new BadPictureException("damaged: unknown row filter " + (row[0] & 0xff));
    }
  }

  private void fill(byte[] row, int length) throws BadPictureException {
    int filled = 0;
    try {
      while (filled < length) {
        int count = inflater.inflate(row, filled, length - filled);
        filled += count;
        if (count == 0) {
          if (inflater.needsDictionary() || inflater.finished() || nextPart == parts.size()) {
            throw BadPictureException.truncated("before its last row");
          }
          inflater.setInput(parts.get(nextPart++));
        }
      }
    } catch (DataFormatException e) {
      throw new BadPictureException("damaged: the compressed data makes no sense");
    }
  }

  private void sub(byte[] row, int length) {
    for (int i = bytesPerPixel + 1; i <= length; i++) {
      row[i] += row[i - bytesPerPixel];
    }
  }

  private static void up(byte[] row, byte[] above, int length) {
    for (int i = 1; i <= length; i++) {
      row[i] += above[i];
    }
  }

  private void average(byte[] row, byte[] above, int length) {
    for (int i = 1; i <= Math.min(bytesPerPixel, length); i++) {
      row[i] += (byte) ((above[i] & 0xff) >> 1);
    }
    for (int i = bytesPerPixel + 1; i <= length; i++) {
      row[i] += (byte) (((row[i - bytesPerPixel] & 0xff) + (above[i] & 0xff)) >> 1);
    }
  }

  private void paeth(byte[] row, byte[] above, int length) {
    for (int i = 1; i <= Math.min(bytesPerPixel, length); i++) {
      row[i] += above[i];
    }
    for (int i = bytesPerPixel + 1; i <= length; i++) {
      int a = row[i - bytesPerPixel] & 0xff;
      int b = above[i] & 0xff;
      int c = above[i - bytesPerPixel] & 0xff;
      int toA = Math.abs(b - c);
      int toB = Math.abs(a - c);
      int toC = Math.abs(a + b - 2 * c);
      row[i] += (byte) (toA <= toB && toA <= toC ? a : toB <= toC ? b : c);
    }
  }
}
