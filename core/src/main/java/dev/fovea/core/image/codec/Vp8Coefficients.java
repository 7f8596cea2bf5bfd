package dev.fovea.core.image.codec;

import java.util.Arrays;

/** Reads the coefficients of macroblocks in raster order: RFC 6386, sections 13 and 14.1. */
final class Vp8Coefficients {
  private static final int LUMA_WITHOUT_MEAN = 0;
  private static final int MEANS = 1;
  private static final int CHROMA = 2;
  private static final int LUMA = 3;

  private static final int[] ZIGZAG = {0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15};

  /** The band of each coefficient, and of one after the last, which no tree is read for. */
  private static final int[] BANDS = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};

  /** Probabilities of the low bits of large values. */
  private static final int[][] EXTRA_BITS = {
    {173, 148, 140},
    {176, 155, 140, 135},
    {180, 157, 141, 134, 130},
    {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}
  };

  /** Blocks of a macroblock's edge: 4 of luma, 2 each of chroma, 1 of the means. */
  private static final int EDGE = 9;

  private static final int MEANS_AT = 8;

  private final Vp8Header header;
  private final int[] tree;
  private final int[] above;
  private final int[] left = new int[EDGE];
  private final int[] means = new int[16];

  /**
   * Prepares a frame.
   *
   * @param columns macroblocks in a row
   */
  Vp8Coefficients(Vp8Header header, int columns) {
    this.header = header;
    this.tree = header.coefficientTree();
    this.above = new int[EDGE * columns];
  }

  void startRow() {
    Arrays.fill(left, 0);
  }

  /** Fills the coefficients of a macroblock whose modes are read. */
  void read(Vp8Bits in, int column, Vp8Macroblock block) {
    block.clearCoefficients();
    int top = EDGE * column;
    if (block.skipped) {
      int kept = block.divided ? MEANS_AT : EDGE;
      Arrays.fill(above, top, top + kept, 0);
      Arrays.fill(left, 0, kept, 0);
      return;
    }
    Vp8Header.Steps steps = header.steps()[block.segment];
    int kind = LUMA;
    int first = 0;
    if (!block.divided) {
      readMeans(in, top, block, steps);
      kind = LUMA_WITHOUT_MEAN;
      first = 1;
    }
    readPlane(in, kind, first, block, 0, 4, top, 0, steps.lumaFirst(), steps.luma());
    readPlane(in, CHROMA, 0, block, 16, 2, top, 4, steps.chromaFirst(), steps.chroma());
    readPlane(in, CHROMA, 0, block, 20, 2, top, 6, steps.chromaFirst(), steps.chroma());
  }

  private void readMeans(Vp8Bits in, int top, Vp8Macroblock block, Vp8Header.Steps steps) {
    Arrays.fill(means, 0);
    int context = above[top + MEANS_AT] + left[MEANS_AT];
    int count = readBlock(in, MEANS, context, 0, means, 0, steps.meansFirst(), steps.means());
    int any = count > 0 ? 1 : 0;
    above[top + MEANS_AT] = any;
    left[MEANS_AT] = any;
    Vp8Transforms.walshHadamard(means, block.coefficients);
  }

  /** Reads a square of blocks; the edges tell which neighbours have coefficients. */
  private void readPlane(
      Vp8Bits in,
      int kind,
      int first,
      Vp8Macroblock block,
      int firstBlock,
      int side,
      int top,
      int edge,
      int firstStep,
      int step) {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int number = firstBlock + y * side + x;
        int context = above[top + edge + x] + left[edge + y];
        int count =
            readBlock(in, kind, context, first, block.coefficients, 16 * number, firstStep, step);
        int any = count > first ? 1 : 0;
        above[top + edge + x] = any;
        left[edge + y] = any;
        block.counts[number] = count;
      }
    }
  }

  /** Reads a block; the result is the position after its last coefficient. */
  private int readBlock(
      Vp8Bits in,
      int kind,
      int firstContext,
      int first,
      int[] to,
      int at,
      int firstStep,
      int step) {
    int node = node(kind, first, firstContext);
    for (int n = first; n < 16; n++) {
      if (in.bit(tree[node]) == 0) {
        return n;
      }
      while (in.bit(tree[node + 1]) == 0) {
        n++;
        if (n == 16) {
          return 16;
        }
        node = node(kind, n, 0);
      }
      int value = 1;
      int context = 1;
      if (in.bit(tree[node + 2]) != 0) {
        value = largeValue(in, node);
        context = 2;
      }
      node = node(kind, n + 1, context);
      int signed = in.bit(128) != 0 ? -value : value;
      to[at + ZIGZAG[n]] = (short) (signed * (n == 0 ? firstStep : step));
    }
    return 16;
  }

  private static int node(int kind, int position, int context) {
    return ((kind * Vp8Tables.BANDS + BANDS[position]) * Vp8Tables.CONTEXTS + context)
        * Vp8Tables.PROBABILITIES;
  }

  private int largeValue(Vp8Bits in, int node) {
    if (in.bit(tree[node + 3]) == 0) {
      if (in.bit(tree[node + 4]) == 0) {
        return 2;
      }
      return 3 + in.bit(tree[node + 5]);
    }
    if (in.bit(tree[node + 6]) == 0) {
      if (in.bit(tree[node + 7]) == 0) {
        return 5 + in.bit(159);
      }
      int high = in.bit(165);
      return 7 + 2 * high + in.bit(145);
    }
    int high = in.bit(tree[node + 8]);
    int category = 2 * high + in.bit(tree[node + 9 + high]);
    int extra = 0;
    for (int probability : EXTRA_BITS[category]) {
      extra = 2 * extra + in.bit(probability);
    }
    return 3 + (8 << category) + extra;
  }
}
