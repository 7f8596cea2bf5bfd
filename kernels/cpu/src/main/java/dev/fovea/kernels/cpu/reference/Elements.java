package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.StoredValues;

/** A heap array whose numbers are read as doubles and rounded when written. */
sealed interface Elements {
  double get(long index);

  void set(long index, double value);

  /** The sum of row[i] * this[start + i]. */
  double dot(double[] row, long start);

  /** The memory behind an activation. */
  static Elements of(Storage storage) {
    return switch (storage) {
      case Storage.Floats floats -> new Singles(floats.array());
      case Storage.Doubles doubles -> new Doubles(doubles.array());
      case Storage.Mapped mapped -> throw foreign(mapped);
      case Storage.Device device -> throw foreign(device);
    };
  }

  /** A copy of stored values in the compute type. */
  static Storage widen(Storage stored, DType computeType) {
    int count = Math.toIntExact(stored.size());
    if (computeType == DType.F64) {
      double[] values = new double[count];
      StoredValues.toDoubles(stored, 0, values, 0, count);
      return new Storage.Doubles(values);
    }
    float[] values = new float[count];
    StoredValues.toFloats(stored, 0, values, 0, count);
    return new Storage.Floats(values);
  }

  private static IllegalArgumentException foreign(Storage storage) {
    return new IllegalArgumentException(
        "%s is no activation of this backend".formatted(storage.getClass().getSimpleName()));
  }

  /** F32. */
  record Singles(float[] array) implements Elements {
    @Override
    public double get(long index) {
      return array[(int) index];
    }

    @Override
    public void set(long index, double value) {
      array[(int) index] = (float) value;
    }

    @Override
    public double dot(double[] row, long start) {
      int from = (int) start;
      double sum = 0;
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * array[from + i];
      }
      return sum;
    }
  }

  /** F64. */
  record Doubles(double[] array) implements Elements {
    @Override
    public double get(long index) {
      return array[(int) index];
    }

    @Override
    public void set(long index, double value) {
      array[(int) index] = value;
    }

    @Override
    public double dot(double[] row, long start) {
      int from = (int) start;
      double sum = 0;
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * array[from + i];
      }
      return sum;
    }
  }
}
