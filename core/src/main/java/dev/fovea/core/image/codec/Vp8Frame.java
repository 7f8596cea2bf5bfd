package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;

/** A decoded key frame of VP8: RFC 6386. Sizes of the planes are multiples of a macroblock. */
final class Vp8Frame {
  private final Vp8Header header;
  private final int columns;
  private final int rows;
  private final Vp8Plane luma;
  private final Vp8Plane blue;
  private final Vp8Plane red;

  /** The loop filter of each macroblock. */
  private final Vp8Header.Filter[] filters;

  private final boolean[] innerEdges;
  private final int[] edge = new int[13];

  private Vp8Frame(Vp8Header header) {
    this.header = header;
    columns = (header.width() + 15) / 16;
    rows = (header.height() + 15) / 16;
    luma = new Vp8Plane(16 * columns, 16 * rows);
    blue = new Vp8Plane(8 * columns, 8 * rows);
    red = new Vp8Plane(8 * columns, 8 * rows);
    filters = new Vp8Header.Filter[columns * rows];
    innerEdges = new boolean[columns * rows];
  }

  /** Decodes the content of a "VP8 " chunk. */
  static Vp8Frame decode(ByteBuffer chunk) throws BadPictureException {
    Vp8Frame frame = new Vp8Frame(Vp8Header.read(chunk));
    frame.reconstruct();
    frame.smooth();
    return frame;
  }

  /** The picture as height * width * 3 bytes. */
  byte[] toRgb() {
    return YuvToRgb.convert(luma, blue, red, header.width(), header.height());
  }

  private void reconstruct() throws BadPictureException {
    Vp8Modes modes = new Vp8Modes(header, columns);
    Vp8Coefficients coefficients = new Vp8Coefficients(header, columns);
    Vp8Macroblock block = new Vp8Macroblock();
    for (int row = 0; row < rows; row++) {
      Vp8Bits tokens = header.tokens()[row % header.tokens().length];
      modes.startRow();
      coefficients.startRow();
      for (int column = 0; column < columns; column++) {
        modes.read(column, block);
        coefficients.read(tokens, column, block);
        reconstruct(column, row, block);
        int index = row * columns + column;
        filters[index] = header.filters()[block.segment][block.divided ? 1 : 0];
        innerEdges[index] = block.divided || block.hasCoefficients();
      }
      if (header.modes().isExhausted() || tokens.isExhausted()) {
        throw BadPictureException.truncated("within its picture");
      }
    }
  }

  private void reconstruct(int column, int row, Vp8Macroblock block) {
    int x = 16 * column;
    int y = 16 * row;
    if (!block.divided) {
      Vp8Prediction.whole(luma, x, y, 16, block.lumaModes[0]);
    }
    for (int i = 0; i < 16; i++) {
      int subX = x + 4 * (i % 4);
      int subY = y + 4 * (i / 4);
      if (block.divided) {
        readEdge(column, row, i);
        Vp8Prediction.subblock(luma, subX, subY, block.lumaModes[i], edge);
      }
      addResidue(block, i, luma, subX, subY);
    }
    Vp8Prediction.whole(blue, x / 2, y / 2, 8, block.chromaMode);
    Vp8Prediction.whole(red, x / 2, y / 2, 8, block.chromaMode);
    for (int i = 0; i < 4; i++) {
      int subX = x / 2 + 4 * (i % 2);
      int subY = y / 2 + 4 * (i / 2);
      addResidue(block, 16 + i, blue, subX, subY);
      addResidue(block, 20 + i, red, subX, subY);
    }
  }

  private static void addResidue(Vp8Macroblock block, int number, Vp8Plane plane, int x, int y) {
    Vp8Transforms.add(
        block.coefficients,
        16 * number,
        block.counts[number],
        plane.samples,
        plane.at(x, y),
        plane.stride);
  }

  /**
   * The samples around a luma block. What is above and to the right of the last blocks of a
   * macroblock's rows comes from above the macroblock, since what is beside it is not known yet.
   */
  private void readEdge(int column, int row, int number) {
    int x = 16 * column + 4 * (number % 4);
    int y = 16 * row + 4 * (number / 4);
    for (int i = 0; i < 4; i++) {
      edge[3 - i] = luma.samples[luma.at(x - 1, y + i)] & 0xff;
    }
    int above = luma.at(x, y - 1);
    for (int i = -1; i < 4; i++) {
      edge[5 + i] = luma.samples[above + i] & 0xff;
    }
    boolean lastColumn = number % 4 == 3;
    int aboveRight = lastColumn ? luma.at(x, 16 * row - 1) : above;
    for (int i = 4; i < 8; i++) {
      if (!lastColumn || column < columns - 1) {
        edge[5 + i] = luma.samples[aboveRight + i] & 0xff;
      } else {
        edge[5 + i] = luma.samples[aboveRight + 3] & 0xff;
      }
    }
  }

  private void smooth() {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        Vp8Header.Filter filter = filters[row * columns + column];
        boolean inner = innerEdges[row * columns + column];
        int x = 16 * column;
        int y = 16 * row;
        if (filter.limit() == 0) {
          continue;
        }
        if (header.simpleFilter()) {
          Vp8LoopFilter.simple(luma, x, y, filter, inner);
        } else {
          Vp8LoopFilter.normal(luma, x, y, 16, filter, inner);
          Vp8LoopFilter.normal(blue, x / 2, y / 2, 8, filter, inner);
          Vp8LoopFilter.normal(red, x / 2, y / 2, 8, filter, inner);
        }
      }
    }
  }
}
