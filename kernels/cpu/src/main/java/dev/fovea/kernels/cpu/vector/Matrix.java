package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A tensor as a matrix whose rows are its innermost vectors, the same distance apart.
 *
 * @param copied memory to give back, if the tensor had to be copied
 */
record Matrix(
    float[] array, int offset, int rows, int columns, int rowStep, Optional<Storage> copied) {
  /** Copies the tensor if its rows are not dense or not evenly spaced. */
  static Matrix of(Cpu cpu, Tensor x) {
    Rows rows = Rows.vectors(x);
    int columns = rows.length();
    int step = rows.rowStep(0, columns);
    int count = rows.count();
    if (rows.step(0) == 1 && step >= 0) {
      return new Matrix(rows.array(0), rows.start(0, 0), count, columns, step, Optional.empty());
    }
    Storage copy = cpu.memory().allocate(x.shape().elementCount());
    Elementwise.copy(
        cpu, x, new Tensor(x.session(), copy, 0, x.shape(), x.shape().contiguousStrides()));
    return new Matrix(Rows.array(copy), 0, count, columns, columns, Optional.of(copy));
  }

  void release(Cpu cpu) {
    copied.ifPresent(cpu.memory()::recycle);
  }
}
