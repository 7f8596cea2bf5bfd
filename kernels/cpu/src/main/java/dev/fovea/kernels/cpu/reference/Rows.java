package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Tensor;

/** A tensor of any strides as its innermost vectors, in row-major order. */
final class Rows {
  private final Elements elements;
  private final long[] starts;
  private final int length;
  private final int stride;

  private Rows(Elements elements, long[] starts, int length, int stride) {
    this.elements = elements;
    this.starts = starts;
    this.length = length;
    this.stride = stride;
  }

  static Rows of(Tensor x) {
    Elements elements = Elements.of(x.storage());
    if (x.rank() == 0) {
      return new Rows(elements, new long[] {x.offset()}, 1, 1);
    }
    int outer = x.rank() - 1;
    int count = 1;
    for (int axis = 0; axis < outer; axis++) {
      count = Math.multiplyExact(count, x.dim(axis));
    }
    long[] starts = new long[count];
    for (int row = 0; row < count; row++) {
      long start = x.offset();
      int rest = row;
      for (int axis = outer - 1; axis >= 0; axis--) {
        start += (long) (rest % x.dim(axis)) * x.stride(axis);
        rest /= x.dim(axis);
      }
      starts[row] = start;
    }
    return new Rows(elements, starts, x.dim(outer), x.stride(outer));
  }

  /** How many rows there are. */
  int count() {
    return starts.length;
  }

  /** Elements of each row. */
  int length() {
    return length;
  }

  double[] read(int row) {
    double[] values = new double[length];
    long start = starts[row];
    for (int i = 0; i < length; i++) {
      values[i] = elements.get(start + (long) i * stride);
    }
    return values;
  }

  /** Consecutive rows. */
  double[][] read(int first, int count) {
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = read(first + i);
    }
    return rows;
  }

  void write(int row, double[] values) {
    long start = starts[row];
    for (int i = 0; i < length; i++) {
      elements.set(start + (long) i * stride, values[i]);
    }
  }
}
