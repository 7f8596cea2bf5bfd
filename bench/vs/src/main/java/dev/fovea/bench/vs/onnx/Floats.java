package dev.fovea.bench.vs.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** f32 values as little-endian bytes. */
public final class Floats {
  private Floats() {}

  /** The bytes of values. */
  public static byte[] bytes(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Exchanges rows and columns of a [rows, columns] matrix. */
  static byte[] transpose(byte[] matrix, int rows, int columns) {
    FloatBuffer from = ByteBuffer.wrap(matrix).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[rows * columns];
    from.get(values);
    return transposed(values, rows, columns);
  }

  /** The bytes of a [rows, columns] matrix with rows and columns exchanged. */
  public static byte[] transposed(float[] matrix, int rows, int columns) {
    float[] to = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        to[j * rows + i] = matrix[i * columns + j];
      }
    }
    return bytes(to);
  }
}
