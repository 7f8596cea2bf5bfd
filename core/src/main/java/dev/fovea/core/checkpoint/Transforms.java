package dev.fovea.core.checkpoint;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.weights.StridedCopy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Rearrangements of stored bytes. */
final class Transforms {
  private Transforms() {}

  /**
   * Exchanges rows and columns.
   *
   * @param shape [rows, columns] of {@code data}
   */
  static MemorySegment transpose(MemorySegment data, Shape shape, DType dtype, Arena arena) {
    MemorySegment out = arena.allocate(Math.max(data.byteSize(), 1), 8).asSlice(0, data.byteSize());
    long rows = shape.dim(0);
    long columns = shape.dim(1);
    StridedCopy.copy(data, 0, List.of(columns, rows), List.of(1L, columns), dtype.byteSize(), out);
    return out;
  }

  /** The bytes of stored values. */
  static MemorySegment bytes(Storage storage) {
    return switch (storage) {
      case Storage.Mapped mapped -> mapped.segment();
      case Storage.Floats floats -> MemorySegment.ofArray(floats.array());
      case Storage.Doubles doubles -> MemorySegment.ofArray(doubles.array());
      case Storage.Device device ->
          throw new IllegalArgumentException("stored values cannot lie on a device");
    };
  }
}
