package dev.fovea.core.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Widens stored values. */
final class StoredValues {
  private static final ValueLayout.OfDouble F64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort F16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private StoredValues() {}

  static float[] toFloats(Storage storage) {
    return switch (storage) {
      case Storage.Floats floats -> floats.array().clone();
      case Storage.Doubles doubles -> narrow(doubles.array());
      case Storage.Mapped mapped -> widen(mapped.segment(), mapped.dtype(), mapped.size());
      case Storage.Device device ->
          throw new IllegalArgumentException("values on a device are read through its backend");
    };
  }

  private static float[] narrow(double[] values) {
    float[] narrowed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrowed[i] = (float) values[i];
    }
    return narrowed;
  }

  private static float[] widen(MemorySegment segment, DType dtype, long size) {
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (dtype) {
            case F32 -> segment.getAtIndex(F32, i);
            case F16 -> Float.float16ToFloat(segment.getAtIndex(F16, i));
            case BF16 -> Float.intBitsToFloat(segment.getAtIndex(F16, i) << 16);
            case F64 -> (float) segment.getAtIndex(F64, i);
            default -> throw new IllegalArgumentException("%s is no float type".formatted(dtype));
          };
    }
    return values;
  }
}
