package dev.fovea.core.tensor;

import java.lang.foreign.MemorySegment;

/** The memory behind tensors. Only backends open it. */
public sealed interface Storage {
  DType dtype();

  /** Number of elements. */
  long size();

  /** Activations and packed panels in f32 on the heap. */
  record Floats(float[] array) implements Storage {
    @Override
    public DType dtype() {
      return DType.F32;
    }

    @Override
    public long size() {
      return array.length;
    }
  }

  /** Activations in f64 on the heap: what gradient checks compute with. */
  record Doubles(double[] array) implements Storage {
    @Override
    public DType dtype() {
      return DType.F64;
    }

    @Override
    public long size() {
      return array.length;
    }
  }

  /** Weights as they lie in a file, little-endian, usually mapped. */
  record Mapped(DType dtype, MemorySegment segment) implements Storage {
    @Override
    public long size() {
      return segment.byteSize() / dtype.byteSize();
    }
  }

  /** Memory of a device; its backend knows the rest. */
  non-sealed interface Device extends Storage {}
}
