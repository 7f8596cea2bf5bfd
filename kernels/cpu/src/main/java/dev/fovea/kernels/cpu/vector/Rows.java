package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;

/**
 * Tensors of one shape, walked together row by row. Dimensions that follow each other without gaps
 * in all of them count as one.
 */
final class Rows {
  private final float[][] arrays;
  private final int[] offsets;
  private final int[] steps;
  private final int[] dims;
  private final int[][] strides;
  private int outer;
  private int length;

  private Rows(Tensor[] tensors) {
    int rank = tensors[0].rank();
    arrays = new float[tensors.length][];
    offsets = new int[tensors.length];
    steps = new int[tensors.length];
    dims = new int[rank];
    strides = new int[tensors.length][rank];
    length = rank == 0 ? 1 : tensors[0].dim(-1);
    for (int i = 0; i < tensors.length; i++) {
      arrays[i] = array(tensors[i].storage());
      offsets[i] = Math.toIntExact(tensors[i].offset());
      steps[i] = length <= 1 ? 1 : tensors[i].stride(-1);
    }
    for (int axis = rank - 2; axis >= 0; axis--) {
      addOuter(tensors, axis);
    }
  }

  /** The innermost vectors of tensors that agree in all other dimensions. */
  static Rows vectors(Tensor... tensors) {
    return new Rows(tensors);
  }

  /** The elements of tensors, in rows as long as can be. */
  static Rows elements(Tensor... tensors) {
    Rows rows = new Rows(tensors);
    rows.joinInnermost();
    return rows;
  }

  /** The array behind an activation. */
  static float[] array(Storage storage) {
    if (storage instanceof Storage.Floats floats) {
      return floats.array();
    }
    throw new IllegalArgumentException(
        "%s of %s is no activation of this backend"
            .formatted(storage.getClass().getSimpleName(), storage.dtype()));
  }

  private void addOuter(Tensor[] tensors, int axis) {
    int dim = tensors[0].dim(axis);
    if (dim == 1) {
      return;
    }
    boolean joins = outer > 0;
    for (int i = 0; joins && i < tensors.length; i++) {
      joins = tensors[i].stride(axis) == strides[i][outer - 1] * dims[outer - 1];
    }
    if (joins) {
      dims[outer - 1] = Math.multiplyExact(dims[outer - 1], dim);
      return;
    }
    dims[outer] = dim;
    for (int i = 0; i < tensors.length; i++) {
      strides[i][outer] = tensors[i].stride(axis);
    }
    outer++;
  }

  private void joinInnermost() {
    boolean joins = outer > 0;
    for (int i = 0; joins && i < arrays.length; i++) {
      joins = strides[i][0] == steps[i] * length;
    }
    if (!joins) {
      return;
    }
    length = Math.multiplyExact(length, dims[0]);
    outer--;
    System.arraycopy(dims, 1, dims, 0, outer);
    for (int[] one : strides) {
      System.arraycopy(one, 1, one, 0, outer);
    }
  }

  /** How many rows there are. */
  int count() {
    int count = 1;
    for (int axis = 0; axis < outer; axis++) {
      count = Math.multiplyExact(count, dims[axis]);
    }
    return count;
  }

  /** Elements of a row. */
  int length() {
    return length;
  }

  /** The array behind a tensor. */
  float[] array(int tensor) {
    return arrays[tensor];
  }

  /** The distance between neighbours of a row. */
  int step(int tensor) {
    return steps[tensor];
  }

  /** Where a row begins. */
  int start(int tensor, int row) {
    int start = offsets[tensor];
    int rest = row;
    for (int axis = 0; rest > 0; axis++) {
      int dim = dims[axis];
      int before = rest / dim;
      start += (rest - before * dim) * strides[tensor][axis];
      rest = before;
    }
    return start;
  }

  /**
   * The distance between the starts of consecutive rows, or -1 if it varies.
   *
   * @param otherwise what to give if there is one row at most
   */
  int rowStep(int tensor, int otherwise) {
    return switch (outer) {
      case 0 -> otherwise;
      case 1 -> strides[tensor][0];
      default -> -1;
    };
  }
}
