package dev.fovea.core.image.codec;

/** The run-length encodings of BMP files. */
final class BmpRuns {
  private static final int END_OF_ROW = 0;
  private static final int END = 1;
  private static final int MOVE = 2;

  /** Far more than any run; a picture that is emptier than that is taken for damaged. */
  private static final int MOST_PIXELS_PER_BYTE = 4096;

  private final byte[] file;
  private final boolean halfBytes;
  private final int width;
  private final int height;
  private final byte[] indices;
  private int at;
  private int x;
  private int y;

  private BmpRuns(byte[] file, BmpHeader header) {
    this.file = file;
    halfBytes = header.compression() == BmpHeader.Compression.RUNS_OF_HALF_BYTES;
    width = header.width();
    height = header.height();
    indices = new byte[width * height];
    at = header.dataStart();
  }

  /** The colour indices of the rows as they are stored; what no run covers is 0. */
  static byte[] unpack(byte[] file, BmpHeader header) throws BadPictureException {
    PictureLimits.checkFilled(
        (long) header.width() * header.height(),
        file.length - header.dataStart(),
        MOST_PIXELS_PER_BYTE);
    BmpRuns runs = new BmpRuns(file, header);
    runs.unpackAll();
    return runs.indices;
  }

  private void unpackAll() throws BadPictureException {
    while (y < height) {
      int count = next();
      int value = next();
      if (count > 0) {
        run(count, value);
      } else if (value == END_OF_ROW) {
        x = 0;
        y++;
      } else if (value == END) {
        return;
      } else if (value == MOVE) {
        x = Math.min(width, x + next());
        y += next();
      } else {
        literal(value);
      }
    }
  }

  private int next() throws BadPictureException {
    if (at == file.length) {
      throw BadPictureException.truncated("before its last pixel");
    }
    return file[at++] & 0xff;
  }

  private void run(int count, int value) {
    for (int i = 0; i < count; i++) {
      put(halfBytes ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
    }
  }

  private void literal(int count) throws BadPictureException {
    int start = at;
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (!halfBytes || i % 2 == 0) {
        value = next();
      }
      put(halfBytes ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
    }
    if ((at - start) % 2 != 0) {
      next();
    }
  }

  /** What lies beyond the end of a row is dropped. */
  private void put(int index) {
    if (x < width) {
      indices[y * width + x] = (byte) index;
    }
    x++;
  }
}
