package dev.fovea.core.tensor;

import java.util.Arrays;
import java.util.List;

/** The sizes of a tensor's dimensions, outermost first. Immutable. */
public final class Shape {
  private final int[] dims;
  private final long elementCount;

  private Shape(int[] dims) {
    long count = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("negative dimension in " + Arrays.toString(dims));
      }
      count = Math.multiplyExact(count, (long) dim);
    }
    this.dims = dims;
    this.elementCount = count;
  }

  /** The shape with these sizes; none for a scalar. */
  public static Shape of(int... dims) {
    return new Shape(dims.clone());
  }

  /**
   * The shape with sizes as a file states them.
   *
   * @throws ArithmeticException if one does not fit an int
   */
  public static Shape of(List<Long> dims) {
    return new Shape(dims.stream().mapToInt(Math::toIntExact).toArray());
  }

  public int rank() {
    return dims.length;
  }

  /** The size of a dimension; -1 is the innermost. */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** The same dimension counted from the outermost. */
  public int axis(int axis) {
    int resolved = axis < 0 ? axis + dims.length : axis;
    if (resolved < 0 || resolved >= dims.length) {
      throw new IllegalArgumentException("no dimension %d in shape %s".formatted(axis, this));
    }
    return resolved;
  }

  public int[] dims() {
    return dims.clone();
  }

  /** The product of all sizes; 1 for a scalar. */
  public long elementCount() {
    return elementCount;
  }

  /** This shape with another size in one dimension. */
  public Shape with(int axis, int size) {
    int[] changed = dims.clone();
    changed[axis(axis)] = size;
    return new Shape(changed);
  }

  /** Strides, in elements, of a contiguous tensor of this shape. */
  public int[] contiguousStrides() {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= Math.max(dims[i], 1);
    }
    return strides;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
