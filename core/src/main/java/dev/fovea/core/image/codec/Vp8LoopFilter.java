package dev.fovea.core.image.codec;

/** Smooths the edges of blocks: RFC 6386, section 15. */
final class Vp8LoopFilter {
  private Vp8LoopFilter() {}

  /** The simple filter, for the luma of one macroblock. */
  static void simple(Vp8Plane luma, int x, int y, Vp8Header.Filter filter, boolean inner) {
    int outerLimit = 2 * (filter.limit() + 4) + 1;
    int innerLimit = 2 * filter.limit() + 1;
    if (x > 0) {
      simpleEdge(luma, x, y, 1, luma.stride, outerLimit);
    }
    for (int i = 4; inner && i < 16; i += 4) {
      simpleEdge(luma, x + i, y, 1, luma.stride, innerLimit);
    }
    if (y > 0) {
      simpleEdge(luma, x, y, luma.stride, 1, outerLimit);
    }
    for (int i = 4; inner && i < 16; i += 4) {
      simpleEdge(luma, x, y + i, luma.stride, 1, innerLimit);
    }
  }

  /**
   * The normal filter, for one plane of one macroblock.
   *
   * @param size 16 for luma, 8 for chroma
   */
  static void normal(
      Vp8Plane plane, int x, int y, int size, Vp8Header.Filter filter, boolean inner) {
    if (x > 0) {
      edge(plane, x, y, 1, plane.stride, size, filter, true);
    }
    for (int i = 4; inner && i < size; i += 4) {
      edge(plane, x + i, y, 1, plane.stride, size, filter, false);
    }
    if (y > 0) {
      edge(plane, x, y, plane.stride, 1, size, filter, true);
    }
    for (int i = 4; inner && i < size; i += 4) {
      edge(plane, x, y + i, plane.stride, 1, size, filter, false);
    }
  }

  /**
   * Filters across an edge.
   *
   * @param across from one sample to the next across the edge
   * @param along the same along the edge
   */
  private static void simpleEdge(Vp8Plane plane, int x, int y, int across, int along, int limit) {
    byte[] s = plane.samples;
    int at = plane.at(x, y);
    for (int i = 0; i < 16; i++, at += along) {
      if (edgeDifference(s, at, across) <= limit) {
        two(s, at, across);
      }
    }
  }

  private static void edge(
      Vp8Plane plane,
      int x,
      int y,
      int across,
      int along,
      int size,
      Vp8Header.Filter filter,
      boolean outer) {
    byte[] s = plane.samples;
    int limit = 2 * (filter.limit() + (outer ? 4 : 0)) + 1;
    int at = plane.at(x, y);
    for (int i = 0; i < size; i++, at += along) {
      if (edgeDifference(s, at, across) > limit || !isFlat(s, at, across, filter.innerLimit())) {
        continue;
      }
      boolean sharp =
          difference(s, at - 2 * across, at - across) > filter.threshold()
              || difference(s, at + across, at) > filter.threshold();
      if (sharp) {
        two(s, at, across);
      } else if (outer) {
        six(s, at, across);
      } else {
        four(s, at, across);
      }
    }
  }

  private static int edgeDifference(byte[] s, int at, int across) {
    return 4 * difference(s, at - across, at) + difference(s, at - 2 * across, at + across);
  }

  private static boolean isFlat(byte[] s, int at, int across, int limit) {
    return difference(s, at - 4 * across, at - 3 * across) <= limit
        && difference(s, at - 3 * across, at - 2 * across) <= limit
        && difference(s, at - 2 * across, at - across) <= limit
        && difference(s, at + 3 * across, at + 2 * across) <= limit
        && difference(s, at + 2 * across, at + across) <= limit
        && difference(s, at + across, at) <= limit;
  }

  private static int difference(byte[] s, int a, int b) {
    return Math.abs((s[a] & 0xff) - (s[b] & 0xff));
  }

  /** Changes the sample on either side. */
  private static void two(byte[] s, int at, int across) {
    int a = slope(s, at, across) + signed(outerSlope(s, at, across));
    add(s, at - across, nudge(a + 3));
    add(s, at, -nudge(a + 4));
  }

  /** Changes two samples on either side. */
  private static void four(byte[] s, int at, int across) {
    int a = slope(s, at, across);
    int after = nudge(a + 4);
    int further = (after + 1) >> 1;
    add(s, at - 2 * across, further);
    add(s, at - across, nudge(a + 3));
    add(s, at, -after);
    add(s, at + across, -further);
  }

  /** Changes three samples on either side. */
  private static void six(byte[] s, int at, int across) {
    int a = signed(slope(s, at, across) + signed(outerSlope(s, at, across)));
    for (int i = 0; i < 3; i++) {
      int change = (9 * (3 - i) * a + 63) >> 7;
      add(s, at - (i + 1) * across, change);
      add(s, at + i * across, -change);
    }
  }

  private static int slope(byte[] s, int at, int across) {
    return 3 * ((s[at] & 0xff) - (s[at - across] & 0xff));
  }

  private static int outerSlope(byte[] s, int at, int across) {
    return (s[at - 2 * across] & 0xff) - (s[at + across] & 0xff);
  }

  private static int signed(int value) {
    return Math.clamp(value, -128, 127);
  }

  private static int nudge(int value) {
    return Math.clamp(value >> 3, -16, 15);
  }

  private static void add(byte[] s, int at, int value) {
    s[at] = (byte) Math.clamp((s[at] & 0xff) + value, 0, 255);
  }
}
