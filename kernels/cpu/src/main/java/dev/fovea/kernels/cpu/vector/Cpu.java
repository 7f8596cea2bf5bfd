package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.kernels.cpu.memory.MemoryPool;

/** What every operation needs: threads, memory and kernels. */
record Cpu(Workers workers, MemoryPool memory, Kernels kernels) {
  private static final int SEGMENT = 8192;

  /** Part of a row. */
  @FunctionalInterface
  interface RowTask {
    void run(int row, int from, int length, Scratch scratch);
  }

  /** Whole rows from first on, before end. */
  @FunctionalInterface
  interface RangeTask {
    void run(int first, int end, Scratch scratch);
  }

  /** Walks all elements in parts of rows, among the threads. */
  void forSegments(Rows rows, double nanosPerElement, RowTask task) {
    int length = rows.length();
    int perRow = Math.ceilDiv(length, SEGMENT);
    int units = Math.multiplyExact(rows.count(), perRow);
    double nanos = nanosPerElement * rows.count() * length;
    forRanges(
        units,
        nanos,
        (first, end, scratch) -> {
          for (int unit = first; unit < end; unit++) {
            int from = unit % perRow * SEGMENT;
            task.run(unit / perRow, from, Math.min(SEGMENT, length - from), scratch);
          }
        });
  }

  /** Cuts units into ranges, among the threads. */
  void forRanges(int units, double nanos, RangeTask task) {
    int chunks = workers.chunks(units, nanos);
    workers.run(
        chunks,
        (chunk, scratch) ->
            task.run(
                Workers.start(units, chunks, chunk),
                Workers.start(units, chunks, chunk + 1),
                scratch));
  }

  /** Runs something on a row-major copy of a tensor, or on itself where rows are dense already. */
  void withDenseRows(Tensor x, java.util.function.Consumer<Tensor> action) {
    if (x.rank() == 0 || x.dim(-1) <= 1 || x.stride(-1) == 1) {
      action.accept(x);
      return;
    }
    Storage copy = memory.allocate(x.shape().elementCount());
    try {
      Tensor dense = new Tensor(x.session(), copy, 0, x.shape(), x.shape().contiguousStrides());
      Elementwise.copy(this, x, dense);
      action.accept(dense);
    } finally {
      memory.recycle(copy);
    }
  }
}
