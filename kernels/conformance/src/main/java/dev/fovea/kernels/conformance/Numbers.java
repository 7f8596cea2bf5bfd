package dev.fovea.kernels.conformance;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * An array of numbers with sizes: what the expected results are computed from.
 *
 * @param values row-major
 */
record Numbers(double[] values, int... dims) {
  Numbers {
    if (values.length != count(dims)) {
      throw new IllegalArgumentException(values.length + " values for " + Arrays.toString(dims));
    }
  }

  /** Numbers between -1.5 and 1.5 that F32 holds exactly. */
  static Numbers random(long seed, int... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count(dims)];
    Arrays.setAll(values, i -> (float) random.nextDouble(-1.5, 1.5));
    return new Numbers(values, dims);
  }

  static Numbers filled(double value, int... dims) {
    double[] values = new double[count(dims)];
    Arrays.fill(values, value);
    return new Numbers(values, dims);
  }

  /** One row. */
  static Numbers row(double... values) {
    return new Numbers(values, values.length);
  }

  static int count(int... dims) {
    return Arrays.stream(dims).reduce(1, Math::multiplyExact);
  }

  int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  double get(int... index) {
    int flat = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      flat = flat * dims[axis] + index[axis];
    }
    return values[flat];
  }

  /** The coordinates of a row-major position. */
  int[] index(int flat) {
    int[] index = new int[dims.length];
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      index[axis] = flat % dims[axis];
      flat /= dims[axis];
    }
    return index;
  }

  /** These values in other sizes. */
  Numbers as(int... sizes) {
    return new Numbers(values, sizes);
  }

  Numbers map(DoubleUnaryOperator function) {
    return new Numbers(Arrays.stream(values).map(function).toArray(), dims);
  }

  /** A copy with one value changed. */
  Numbers with(int flat, double value) {
    double[] changed = values.clone();
    changed[flat] = value;
    return new Numbers(changed, dims);
  }

  /** Dimensions of size 1 repeated until the sizes are reached; the rank stays. */
  Numbers repeated(int... sizes) {
    Numbers out = filled(0, sizes);
    for (int i = 0; i < out.values.length; i++) {
      int[] index = out.index(i);
      for (int axis = 0; axis < dims.length; axis++) {
        index[axis] = Math.min(index[axis], dims[axis] - 1);
      }
      out.values[i] = get(index);
    }
    return out;
  }
}
