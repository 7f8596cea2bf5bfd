package dev.fovea.core.weights;

import dev.fovea.core.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Small tensors for tests. */
public final class Samples {
  private Samples() {}

  /** A tensor in f32. */
  public static StoredTensor tensor(String name, List<Long> shape, float... values) {
    MemorySegment data = Arena.ofAuto().allocate(Math.max(values.length, 1) * 4L, 4);
    MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT, 0, values.length);
    return new StoredTensor(name, DType.F32, shape, data.asSlice(0, values.length * 4L));
  }

  /** A tensor in f32 that counts from {@code first}. */
  public static StoredTensor counting(String name, int first, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = first + i;
    }
    return tensor(name, Arrays.stream(shape).boxed().toList(), values);
  }

  /** The elements of a tensor in f32. */
  public static float[] values(StoredTensor tensor) {
    return values(tensor.data());
  }

  /** The floats in memory that need not be aligned. */
  public static float[] values(MemorySegment data) {
    float[] values = new float[(int) (data.byteSize() / 4)];
    MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values, 0, values.length);
    return values;
  }
}
