package dev.fovea.core.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * Integer positions or token ids, [batch, length]. Row-major; never changed after construction.
 *
 * @param values batch * length numbers
 */
public record Indices(int batch, int length, int[] values) {
  public Indices {
    if (values.length != Math.multiplyExact(batch, length)) {
      throw new IllegalArgumentException(
          "%d values for [%d, %d]".formatted(values.length, batch, length));
    }
  }

  /** One row per array; all rows must have the same length. */
  public static Indices ofRows(List<int[]> rows) {
    int length = rows.isEmpty() ? 0 : rows.getFirst().length;
    int[] values = new int[rows.size() * length];
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).length != length) {
        throw new IllegalArgumentException("rows differ in length; pad them first");
      }
      System.arraycopy(rows.get(i), 0, values, i * length, length);
    }
    return new Indices(rows.size(), length, values);
  }

  /** The numbers from 0 to length - 1, as one row. */
  public static Indices range(int length) {
    int[] values = new int[length];
    Arrays.setAll(values, i -> i);
    return new Indices(1, length, values);
  }

  public int get(int row, int column) {
    return values[row * length + column];
  }
}
