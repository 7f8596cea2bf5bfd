package dev.fovea.models;

/** Arithmetic on plain vectors. */
final class Vectors {
  private Vectors() {}

  /** Every row brought to Euclidean length 1; a zero stays one. */
  static float[][] normalized(float[][] rows) {
    float[][] normalized = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      normalized[i] = normalized(rows[i]);
    }
    return normalized;
  }

  private static float[] normalized(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    double factor = squares == 0 ? 0 : 1 / Math.sqrt(squares);
    float[] normalized = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      normalized[i] = (float) (row[i] * factor);
    }
    return normalized;
  }
}
