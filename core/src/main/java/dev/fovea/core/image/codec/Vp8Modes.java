package dev.fovea.core.image.codec;

import java.util.Arrays;

/** Reads the prediction modes of macroblocks in raster order: RFC 6386, sections 10 and 11. */
final class Vp8Modes {
  private final Vp8Header header;
  private final Vp8Bits in;
  private final int[] above;
  private final int[] left = new int[4];

  /**
   * Prepares a frame.
   *
   * @param columns macroblocks in a row
   */
  Vp8Modes(Vp8Header header, int columns) {
    this.header = header;
    this.in = header.modes();
    this.above = new int[4 * columns];
  }

  void startRow() {
    Arrays.fill(left, Vp8Macroblock.MEAN);
  }

  void read(int column, Vp8Macroblock block) {
    int[] tree = header.segmentTree();
    block.segment = 0;
    if (tree.length > 0) {
      block.segment = in.bit(tree[0]) == 0 ? in.bit(tree[1]) : 2 + in.bit(tree[2]);
    }
    block.skipped = header.skipProbability() >= 0 && in.bit(header.skipProbability()) != 0;
    block.divided = in.bit(145) == 0;
    if (block.divided) {
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 4; x++) {
          int mode = subblockMode(above[4 * column + x], left[y]);
          block.lumaModes[4 * y + x] = mode;
          above[4 * column + x] = mode;
          left[y] = mode;
        }
      }
    } else {
      int mode = lumaMode();
      block.lumaModes[0] = mode;
      for (int i = 0; i < 4; i++) {
        above[4 * column + i] = mode;
        left[i] = mode;
      }
    }
    block.chromaMode = chromaMode();
  }

  private int lumaMode() {
    if (in.bit(156) != 0) {
      return in.bit(128) != 0 ? Vp8Macroblock.TRUE_MOTION : Vp8Macroblock.HORIZONTAL;
    }
    return in.bit(163) != 0 ? Vp8Macroblock.VERTICAL : Vp8Macroblock.MEAN;
  }

  private int chromaMode() {
    if (in.bit(142) == 0) {
      return Vp8Macroblock.MEAN;
    }
    if (in.bit(114) == 0) {
      return Vp8Macroblock.VERTICAL;
    }
    return in.bit(183) != 0 ? Vp8Macroblock.TRUE_MOTION : Vp8Macroblock.HORIZONTAL;
  }

  private int subblockMode(int modeAbove, int modeLeft) {
    int tree = (modeAbove * Vp8Tables.SUBBLOCK_MODES + modeLeft) * (Vp8Tables.SUBBLOCK_MODES - 1);
    if (bit(tree) == 0) {
      return Vp8Macroblock.MEAN;
    }
    if (bit(tree + 1) == 0) {
      return Vp8Macroblock.TRUE_MOTION;
    }
    if (bit(tree + 2) == 0) {
      return Vp8Macroblock.VERTICAL;
    }
    if (bit(tree + 3) == 0) {
      if (bit(tree + 4) == 0) {
        return Vp8Macroblock.HORIZONTAL;
      }
      return bit(tree + 5) == 0 ? Vp8Macroblock.DOWN_RIGHT : Vp8Macroblock.VERTICAL_RIGHT;
    }
    if (bit(tree + 6) == 0) {
      return Vp8Macroblock.DOWN_LEFT;
    }
    if (bit(tree + 7) == 0) {
      return Vp8Macroblock.VERTICAL_LEFT;
    }
    return bit(tree + 8) == 0 ? Vp8Macroblock.HORIZONTAL_DOWN : Vp8Macroblock.HORIZONTAL_UP;
  }

  private int bit(int node) {
    return in.bit(Vp8Tables.SUBBLOCK_MODE_TREE[node]);
  }
}
