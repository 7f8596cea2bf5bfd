package dev.fovea.core.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Stored weights (F64, F32, F16, BF16; little-endian at any address) as numbers in the heap. Every
 * value of a narrower type is exact in a wider one; F64 to F32 rounds.
 */
public final class StoredValues {
  private static final ValueLayout.OfDouble F64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort BITS16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private StoredValues() {}

  /** All elements, as a new array. */
  public static float[] toFloats(Storage source) {
    float[] values = new float[Math.toIntExact(source.size())];
    toFloats(source, 0, values, 0, values.length);
    return values;
  }

  /** Copies {@code count} elements from {@code start} on to {@code target[at...]}. */
  public static void toFloats(Storage source, long start, float[] target, int at, int count) {
    switch (source) {
      case Storage.Floats floats ->
          System.arraycopy(floats.array(), Math.toIntExact(start), target, at, count);
      case Storage.Doubles doubles -> {
        int from = Math.toIntExact(start);
        for (int i = 0; i < count; i++) {
          target[at + i] = (float) doubles.array()[from + i];
        }
      }
      case Storage.Mapped mapped -> mappedToFloats(mapped, start, target, at, count);
      case Storage.Device device -> throw onDevice();
    }
  }

  /** Copies {@code count} elements from {@code start} on to {@code target[at...]}. */
  public static void toDoubles(Storage source, long start, double[] target, int at, int count) {
    switch (source) {
      case Storage.Floats floats -> {
        int from = Math.toIntExact(start);
        for (int i = 0; i < count; i++) {
          target[at + i] = floats.array()[from + i];
        }
      }
      case Storage.Doubles doubles ->
          System.arraycopy(doubles.array(), Math.toIntExact(start), target, at, count);
      case Storage.Mapped mapped when mapped.dtype() == DType.F64 ->
          MemorySegment.copy(mapped.segment(), F64, start * Double.BYTES, target, at, count);
      case Storage.Mapped mapped -> {
        float[] narrow = new float[count];
        mappedToFloats(mapped, start, narrow, 0, count);
        for (int i = 0; i < count; i++) {
          target[at + i] = narrow[i];
        }
      }
      case Storage.Device device -> throw onDevice();
    }
  }

  private static void mappedToFloats(
      Storage.Mapped mapped, long start, float[] target, int at, int count) {
    MemorySegment segment = mapped.segment();
    switch (mapped.dtype()) {
      case F32 -> MemorySegment.copy(segment, F32, start * Float.BYTES, target, at, count);
      case F16 -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = Float.float16ToFloat(segment.get(BITS16, (start + i) * Short.BYTES));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          target[at + i] =
              Float.intBitsToFloat(segment.get(BITS16, (start + i) * Short.BYTES) << Short.SIZE);
        }
      }
      case F64 -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = (float) segment.get(F64, (start + i) * Double.BYTES);
        }
      }
      default ->
          throw new IllegalArgumentException("%s is no float type".formatted(mapped.dtype()));
    }
  }

  private static IllegalArgumentException onDevice() {
    return new IllegalArgumentException("values on a device are read through its backend");
  }
}
