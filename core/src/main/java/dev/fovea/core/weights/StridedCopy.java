package dev.fovea.core.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Copies elements that lie at regular steps into row-major order, as transposing does. */
public final class StridedCopy {
  /** Rows and columns go in tiles, so that both sides stay within the cache. */
  private static final int TILE = 32;

  private StridedCopy() {}

  /**
   * Copies elements.
   *
   * @param from where they lie
   * @param offset the first one, counted in elements
   * @param shape sizes of the dimensions, outermost first
   * @param stride step of each dimension in {@code from}, counted in elements
   * @param elementBytes 1, 2, 4 or 8
   * @param to receives them, contiguous
   */
  public static void copy(
      MemorySegment from,
      long offset,
      List<Long> shape,
      List<Long> stride,
      int elementBytes,
      MemorySegment to) {
    int outer = Math.max(shape.size() - 2, 0);
    long rows = shape.size() > 1 ? shape.get(outer) : 1;
    long columns = shape.isEmpty() ? 1 : shape.getLast();
    long rowStep = shape.size() > 1 ? stride.get(outer) : 0;
    long columnStep = shape.isEmpty() ? 0 : stride.getLast();
    long matrix = rows * columns;
    long matrices = matrix == 0 ? 0 : 1;
    for (long size : shape.subList(0, outer)) {
      matrices *= size;
    }
    long[] index = new long[outer];
    long start = offset;
    for (long i = 0; i < matrices; i++) {
      long target = i * matrix;
      for (long row = 0; row < rows; row += TILE) {
        for (long column = 0; column < columns; column += TILE) {
          tile(
              from,
              start + row * rowStep + column * columnStep,
              rowStep,
              columnStep,
              (int) Math.min(TILE, rows - row),
              (int) Math.min(TILE, columns - column),
              elementBytes,
              to,
              target + row * columns + column,
              columns);
        }
      }
      for (int axis = outer - 1; axis >= 0; axis--) {
        start += stride.get(axis);
        if (++index[axis] < shape.get(axis)) {
          break;
        }
        start -= stride.get(axis) * index[axis];
        index[axis] = 0;
      }
    }
  }

  private static void tile(
      MemorySegment from,
      long start,
      long rowStep,
      long columnStep,
      int rows,
      int columns,
      int elementBytes,
      MemorySegment to,
      long target,
      long targetStep) {
    for (int row = 0; row < rows; row++) {
      long source = (start + row * rowStep) * elementBytes;
      long sink = (target + row * targetStep) * elementBytes;
      long step = columnStep * elementBytes;
      switch (elementBytes) {
        case 1 -> bytes(from, source, step, to, sink, columns);
        case 2 -> shorts(from, source, step, to, sink, columns);
        case 4 -> ints(from, source, step, to, sink, columns);
        case 8 -> longs(from, source, step, to, sink, columns);
        default -> throw new IllegalArgumentException("elements of " + elementBytes + " bytes");
      }
    }
  }

  private static void bytes(
      MemorySegment from, long source, long step, MemorySegment to, long sink, int count) {
    for (int i = 0; i < count; i++) {
      to.set(ValueLayout.JAVA_BYTE, sink + i, from.get(ValueLayout.JAVA_BYTE, source + i * step));
    }
  }

  private static void shorts(
      MemorySegment from, long source, long step, MemorySegment to, long sink, int count) {
    ValueLayout.OfShort layout = ValueLayout.JAVA_SHORT_UNALIGNED;
    for (int i = 0; i < count; i++) {
      to.set(layout, sink + i * 2L, from.get(layout, source + i * step));
    }
  }

  private static void ints(
      MemorySegment from, long source, long step, MemorySegment to, long sink, int count) {
    ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED;
    for (int i = 0; i < count; i++) {
      to.set(layout, sink + i * 4L, from.get(layout, source + i * step));
    }
  }

  private static void longs(
      MemorySegment from, long source, long step, MemorySegment to, long sink, int count) {
    ValueLayout.OfLong layout = ValueLayout.JAVA_LONG_UNALIGNED;
    for (int i = 0; i < count; i++) {
      to.set(layout, sink + i * 8L, from.get(layout, source + i * step));
    }
  }
}
