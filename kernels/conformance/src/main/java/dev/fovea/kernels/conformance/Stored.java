package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** How a weight is stored. */
enum Stored {
  HEAP_F32(DType.F32),
  HEAP_F64(DType.F64),
  F64(DType.F64),
  F32(DType.F32),
  F16(DType.F16),
  BF16(DType.BF16);

  private static final ValueLayout.OfDouble BITS64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat BITS32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort BITS16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final DType dtype;

  Stored(DType dtype) {
    this.dtype = dtype;
  }

  /** A weight on the heap. */
  static Parameter floats(String name, Numbers x) {
    return HEAP_F32.parameter(name, x);
  }

  /** A weight in this type; {@link #exact} says which values it really holds. */
  Parameter parameter(String name, Numbers x) {
    return new Parameter(name, dtype, Shape.of(x.dims()), Optional.of(storage(x)));
  }

  /** The values that remain when stored in this type. */
  Numbers exact(Numbers x) {
    return switch (dtype) {
      case F16 -> x.map(v -> Float.float16ToFloat(Float.floatToFloat16((float) v)));
      case BF16 -> x.map(v -> Float.intBitsToFloat(bfloat16((float) v) << 16));
      case F32 -> x.map(v -> (float) v);
      default -> x;
    };
  }

  private Storage storage(Numbers x) {
    return switch (this) {
      case HEAP_F32 -> {
        float[] values = new float[x.values().length];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) x.values()[i];
        }
        yield new Storage.Floats(values);
      }
      case HEAP_F64 -> new Storage.Doubles(x.values().clone());
      default -> new Storage.Mapped(dtype, odd(x));
    };
  }

  /** The bytes at an odd address, as a file may have them. */
  private MemorySegment odd(Numbers x) {
    long bytes = (long) x.values().length * dtype.byteSize();
    MemorySegment segment = Arena.ofAuto().allocate(bytes + 1, 8).asSlice(1, bytes);
    for (int i = 0; i < x.values().length; i++) {
      double value = x.values()[i];
      long at = (long) i * dtype.byteSize();
      switch (this) {
        case F64 -> segment.set(BITS64, at, value);
        case F32 -> segment.set(BITS32, at, (float) value);
        case F16 -> segment.set(BITS16, at, Float.floatToFloat16((float) value));
        default -> segment.set(BITS16, at, (short) bfloat16((float) value));
      }
    }
    return segment;
  }

  /** The upper half of the nearest number whose lower half is zero; ties to even. */
  private static int bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (bits >>> 16) | 0x40;
    }
    return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
  }

  /** A table of 16-bit patterns as they lie in a file. */
  static Parameter patterns(DType dtype, int columns, short... bits) {
    MemorySegment segment =
        Arena.ofAuto().allocate((long) bits.length * Short.BYTES + 1, 8).asSlice(1);
    for (int i = 0; i < bits.length; i++) {
      segment.set(BITS16, (long) i * Short.BYTES, bits[i]);
    }
    return new Parameter(
        "patterns " + Arrays.hashCode(bits),
        dtype,
        Shape.of(bits.length / columns, columns),
        Optional.of(new Storage.Mapped(dtype, segment)));
  }
}
