package dev.fovea.core.image.codec;

import java.util.Arrays;

/** What a VP8 stream says of the macroblock that is being decoded: modes and coefficients. */
final class Vp8Macroblock {
  /** Prediction modes; the first four are those of whole blocks, too. */
  static final int MEAN = 0;

  static final int TRUE_MOTION = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;
  static final int DOWN_RIGHT = 4;
  static final int VERTICAL_RIGHT = 5;
  static final int DOWN_LEFT = 6;
  static final int VERTICAL_LEFT = 7;
  static final int HORIZONTAL_DOWN = 8;
  static final int HORIZONTAL_UP = 9;

  private static final int BLOCKS = 24;

  int segment;

  /** Whether the macroblock has no coefficients by its header. */
  boolean skipped;

  /** Whether luma is predicted in blocks of 4 x 4. */
  boolean divided;

  /** The mode of the whole luma block, or of each of its 16 parts. */
  final int[] lumaModes = new int[16];

  int chromaMode;

  /** 16 dequantised coefficients of each block: 16 of luma, 4 each of both chroma planes. */
  final int[] coefficients = new int[16 * BLOCKS];

  /** How many coefficients of each block may differ from 0, counted from the first. */
  final int[] counts = new int[BLOCKS];

  void clearCoefficients() {
    Arrays.fill(coefficients, 0);
    Arrays.fill(counts, 0);
  }

  boolean hasCoefficients() {
    for (int block = 0; block < BLOCKS; block++) {
      if (counts[block] > 1 || coefficients[16 * block] != 0) {
        return true;
      }
    }
    return false;
  }
}
