package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.ReduceOp;
import dev.fovea.core.tensor.Tensor;

/** Operations over the innermost dimension. */
final class Normalizations {
  private Normalizations() {}

  static void layerNorm(Tensor x, Tensor weight, Tensor bias, double eps, Tensor out) {
    Rows inputs = Rows.of(x);
    Rows outputs = Rows.of(out);
    double[] scale = Rows.of(weight).read(0);
    double[] shift = Rows.of(bias).read(0);
    for (int row = 0; row < inputs.count(); row++) {
      double[] values = inputs.read(row);
      standardize(values, eps);
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * scale[i] + shift[i];
      }
      outputs.write(row, values);
    }
  }

  /** Brings values to mean 0 and variance 1; returns what they were divided by. */
  static double standardize(double[] values, double eps) {
    double mean = sum(values) / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / values.length + eps);
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - mean) / deviation;
    }
    return deviation;
  }

  static void rmsNorm(Tensor x, Tensor weight, double eps, Tensor out) {
    Rows inputs = Rows.of(x);
    Rows outputs = Rows.of(out);
    double[] scale = Rows.of(weight).read(0);
    for (int row = 0; row < inputs.count(); row++) {
      double[] values = inputs.read(row);
      double squares = 0;
      for (double value : values) {
        squares += value * value;
      }
      double size = Math.sqrt(squares / values.length + eps);
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] / size * scale[i];
      }
      outputs.write(row, values);
    }
  }

  static void softmax(Tensor x, Tensor out) {
    Rows inputs = Rows.of(x);
    Rows outputs = Rows.of(out);
    for (int row = 0; row < inputs.count(); row++) {
      double[] values = inputs.read(row);
      double max = max(values);
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.exp(values[i] - max);
      }
      double sum = sum(values);
      for (int i = 0; i < values.length; i++) {
        values[i] /= sum;
      }
      outputs.write(row, values);
    }
  }

  static void reduce(ReduceOp op, Tensor x, Tensor out) {
    Rows inputs = Rows.of(x);
    Rows outputs = Rows.of(out);
    double[] results = new double[outputs.length()];
    for (int row = 0; row < inputs.count(); row++) {
      double[] values = inputs.read(row);
      int column = row % results.length;
      results[column] =
          switch (op) {
            case SUM -> sum(values);
            case MEAN -> sum(values) / values.length;
            case MAX -> max(values);
          };
      if (column == results.length - 1) {
        outputs.write(row / results.length, results);
      }
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  private static double max(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
