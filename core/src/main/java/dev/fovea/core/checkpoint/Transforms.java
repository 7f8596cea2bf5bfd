package dev.fovea.core.checkpoint;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Rearrangements of stored bytes. */
final class Transforms {
  private Transforms() {}

  /**
   * Exchanges rows and columns.
   *
   * @param shape [rows, columns] of {@code data}
   */
  static MemorySegment transpose(MemorySegment data, Shape shape, DType dtype, Arena arena) {
    MemorySegment out = arena.allocate(Math.max(data.byteSize(), 1), 8);
    int rows = shape.dim(0);
    int columns = shape.dim(1);
    int size = dtype.byteSize();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        MemorySegment.copy(
            data, ((long) i * columns + j) * size, out, ((long) j * rows + i) * size, size);
      }
    }
    return out.asSlice(0, data.byteSize());
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
