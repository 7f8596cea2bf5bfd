package dev.fovea.core.image.codec;

import static dev.fovea.core.image.codec.Vp8Macroblock.HORIZONTAL;
import static dev.fovea.core.image.codec.Vp8Macroblock.MEAN;
import static dev.fovea.core.image.codec.Vp8Macroblock.TRUE_MOTION;
import static dev.fovea.core.image.codec.Vp8Macroblock.VERTICAL;

import java.util.Arrays;

/** Predicts square blocks from the samples above and to the left: RFC 6386, section 12. */
final class Vp8Prediction {
  private Vp8Prediction() {}

  /** A whole block of a macroblock: 16 x 16 of luma or 8 x 8 of chroma. */
  static void whole(Vp8Plane plane, int x, int y, int size, int mode) {
    switch (mode) {
      case MEAN -> fill(plane, x, y, size, mean(plane, x, y, size));
      case TRUE_MOTION -> trueMotion(plane, x, y, size);
      case VERTICAL -> {
        for (int row = 0; row < size; row++) {
          int to = plane.at(x, y + row);
          System.arraycopy(plane.samples, plane.at(x, y - 1), plane.samples, to, size);
        }
      }
      case HORIZONTAL -> {
        for (int row = 0; row < size; row++) {
          int to = plane.at(x, y + row);
          Arrays.fill(plane.samples, to, to + size, plane.samples[to - 1]);
        }
      }
      default -> throw new IllegalArgumentException("mode " + mode);
    }
  }

  /** The mean of the neighbours that lie within the picture. */
  private static int mean(Vp8Plane plane, int x, int y, int size) {
    int sum = 0;
    int count = 0;
    if (y > 0) {
      for (int i = 0; i < size; i++) {
        sum += plane.samples[plane.at(x + i, y - 1)] & 0xff;
      }
      count += size;
    }
    if (x > 0) {
      for (int i = 0; i < size; i++) {
        sum += plane.samples[plane.at(x - 1, y + i)] & 0xff;
      }
      count += size;
    }
    return count == 0 ? 128 : (sum + count / 2) / count;
  }

  private static void fill(Vp8Plane plane, int x, int y, int size, int value) {
    for (int row = 0; row < size; row++) {
      int to = plane.at(x, y + row);
      Arrays.fill(plane.samples, to, to + size, (byte) value);
    }
  }

  /** The row above, moved by how the column to the left differs from the corner. */
  private static void trueMotion(Vp8Plane plane, int x, int y, int size) {
    byte[] samples = plane.samples;
    int above = plane.at(x, y - 1);
    int corner = samples[above - 1] & 0xff;
    for (int row = 0; row < size; row++) {
      int to = plane.at(x, y + row);
      int shift = (samples[to - 1] & 0xff) - corner;
      for (int i = 0; i < size; i++) {
        samples[to + i] = (byte) Math.clamp((samples[above + i] & 0xff) + shift, 0, 255);
      }
    }
  }

  /**
   * A block of 4 x 4 luma samples.
   *
   * @param edge the 13 samples around it: 4 to the left, from the bottom up, the corner, and 8
   *     above
   */
  static void subblock(Vp8Plane plane, int x, int y, int mode, int[] edge) {
    switch (mode) {
      case MEAN -> {
        int sum = 4;
        for (int i = 0; i < 4; i++) {
          sum += edge[i] + edge[5 + i];
        }
        fill(plane, x, y, 4, sum >> 3);
      }
      case TRUE_MOTION -> trueMotion(plane, x, y, 4);
      default -> {
        for (int row = 0; row < 4; row++) {
          for (int column = 0; column < 4; column++) {
            plane.samples[plane.at(x + column, y + row)] = (byte) directed(mode, column, row, edge);
          }
        }
      }
    }
  }

  /** A sample that continues the edge in a direction. */
  private static int directed(int mode, int x, int y, int[] edge) {
    return switch (mode) {
      case VERTICAL -> three(edge, 5 + x);
      case HORIZONTAL -> y < 3 ? three(edge, 3 - y) : (edge[1] + 3 * edge[0] + 2) >> 2;
      case Vp8Macroblock.DOWN_RIGHT -> three(edge, 4 + x - y);
      case Vp8Macroblock.DOWN_LEFT ->
          x + y < 6 ? three(edge, 6 + x + y) : (edge[11] + 3 * edge[12] + 2) >> 2;
      case Vp8Macroblock.VERTICAL_RIGHT -> verticalRight(x, y, edge);
      case Vp8Macroblock.HORIZONTAL_DOWN -> horizontalDown(x, y, edge);
      case Vp8Macroblock.VERTICAL_LEFT -> verticalLeft(x, y, edge);
      case Vp8Macroblock.HORIZONTAL_UP -> horizontalUp(x, y, edge);
      default -> throw new IllegalArgumentException("mode " + mode);
    };
  }

  private static int verticalRight(int x, int y, int[] edge) {
    int twice = 2 * x - y;
    if (twice < -1) {
      return three(edge, 5 + twice);
    }
    int at = 4 + ((twice + 1) >> 1);
    return twice % 2 == 0 ? two(edge, at) : three(edge, at);
  }

  private static int horizontalDown(int x, int y, int[] edge) {
    int twice = 2 * y - x;
    if (twice < -1) {
      return three(edge, 3 - twice);
    }
    int at = 4 - ((twice + 1) >> 1);
    return twice % 2 == 0 ? two(edge, at - 1) : three(edge, at);
  }

  private static int verticalLeft(int x, int y, int[] edge) {
    if (x == 3 && y >= 2) {
      return three(edge, 8 + y);
    }
    int at = 5 + x + y / 2;
    return y % 2 == 0 ? two(edge, at) : three(edge, at + 1);
  }

  private static int horizontalUp(int x, int y, int[] edge) {
    int steps = x + 2 * y;
    if (steps > 5) {
      return edge[0];
    }
    if (steps == 5) {
      return (edge[1] + 3 * edge[0] + 2) >> 2;
    }
    int at = 3 - steps / 2;
    return steps % 2 == 0 ? two(edge, at - 1) : three(edge, at - 1);
  }

  /** The rounded mean of a sample and the next. */
  private static int two(int[] edge, int at) {
    return (edge[at] + edge[at + 1] + 1) >> 1;
  }

  /** The same around a sample, which counts twice. */
  private static int three(int[] edge, int at) {
    return (edge[at - 1] + 2 * edge[at] + edge[at + 1] + 2) >> 2;
  }
}
