package dev.fovea.core.image;

import java.util.Arrays;

/**
 * Resizes RGB pictures to the very bytes of {@code Image.resize} of Pillow 13: filters widened when
 * shrinking, along rows and then along columns, with rounding to 8 bits after each. Columns go
 * first where the height shrinks by more than twice as many pixels as the width; Pillow before 13
 * does not do that, and its bytes can differ by a level or two for such tall pictures.
 *
 * <p>Only a window of the result is computed. Rows stream through, so that memory depends on the
 * window rather than on the picture.
 */
final class Resize {
  static final int CHANNELS = 3;

  private Resize() {}

  /** A part of the resized picture. */
  record Window(int left, int top, int width, int height) {}

  /**
   * Resizes a picture.
   *
   * @param width of the whole result
   * @param height of the whole result
   * @param window the part of it that is wanted, within the result
   * @return height * width * 3 bytes of the window
   */
  static byte[] resize(Image image, int width, int height, Resample filter, Window window) {
    int fromWidth = image.width();
    int fromHeight = image.height();
    if (filter == Resample.NEAREST && (width != fromWidth || height != fromHeight)) {
      return nearest(image, width, height, window);
    }
    if (height == fromHeight) {
      RowResizer rows =
          new RowResizer(image.rgb(), fromWidth, width, filter, window.left, window.width);
      return readAll(rows, window.top, window.height);
    }
    Taps columnTaps = Taps.of(filter, fromHeight, height, window.top, window.height);
    boolean columnsFirst =
        fromHeight > height && fromHeight - height > 2L * ((long) fromWidth - width);
    if (columnsFirst) {
      RowResizer unchanged =
          new RowResizer(image.rgb(), fromWidth, fromWidth, filter, 0, fromWidth);
      byte[] shrunk = resizeColumns(unchanged, columnTaps);
      RowResizer rows = new RowResizer(shrunk, fromWidth, width, filter, window.left, window.width);
      return readAll(rows, 0, window.height);
    }
    RowResizer rows =
        new RowResizer(image.rgb(), fromWidth, width, filter, window.left, window.width);
    return resizeColumns(rows, columnTaps);
  }

  private static byte[] readAll(RowResizer rows, int top, int height) {
    byte[] result = new byte[rows.length() * height];
    for (int y = 0; y < height; y++) {
      rows.read(top + y, result, y * rows.length());
    }
    return result;
  }

  /** Every source row is read once and added to all rows of the result that it takes part in. */
  private static byte[] resizeColumns(RowResizer rows, Taps taps) {
    int count = taps.starts().length;
    byte[] result = new byte[rows.length() * count];
    int[][] sums = new int[taps.mostOverlapping()][rows.length()];
    byte[] line = new byte[rows.length()];
    int opened = 0;
    int done = 0;
    for (int y = taps.starts()[0]; done < count; y++) {
      rows.read(y, line, 0);
      while (opened < count && taps.starts()[opened] <= y) {
        Arrays.fill(sums[opened++ % sums.length], Taps.ONE_HALF);
      }
      for (int i = done; i < opened; i++) {
        int weight = taps.weights()[i * taps.stride() + y - taps.starts()[i]];
        addTo(sums[i % sums.length], line, weight);
      }
      while (done < opened && taps.starts()[done] + taps.counts()[done] <= y + 1) {
        round(sums[done % sums.length], result, done * rows.length());
        done++;
      }
    }
    return result;
  }

  private static void addTo(int[] sums, byte[] line, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (line[i] & 0xff) * weight;
    }
  }

  private static void round(int[] sums, byte[] result, int at) {
    for (int i = 0; i < sums.length; i++) {
      result[at + i] = Taps.round(sums[i]);
    }
  }

  private static byte[] nearest(Image image, int width, int height, Window window) {
    byte[] result = new byte[CHANNELS * window.width * window.height];
    int[] columns = nearestIndices(image.width(), width, window.left, window.width);
    int[] rows = nearestIndices(image.height(), height, window.top, window.height);
    int at = 0;
    for (int y : rows) {
      for (int x : columns) {
        if (x < image.width() && y < image.height()) {
          System.arraycopy(image.rgb(), CHANNELS * (y * image.width() + x), result, at, CHANNELS);
        }
        at += CHANNELS;
      }
    }
    return result;
  }

  /** Pillow steps along the line and lets the rounding errors of the steps add up. */
  private static int[] nearestIndices(int size, int resized, int from, int count) {
    double step = (double) size / resized;
    double position = step * 0.5;
    for (int i = 0; i < from; i++) {
      position += step;
    }
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) position;
      position += step;
    }
    return indices;
  }
}
