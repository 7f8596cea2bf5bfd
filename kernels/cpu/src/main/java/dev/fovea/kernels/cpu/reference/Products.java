package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/** Matrix products and attention. */
final class Products {
  private Products() {}

  static void linear(
      Tensor x, RowMajorWeight weight, Optional<Tensor> bias, Activation activation, Tensor out) {
    Rows inputs = Rows.of(x);
    Rows outputs = Rows.of(out);
    Elements weights = weight.elements();
    double[] summands = biasOrZeros(bias, weight.outFeatures());
    double[] y = new double[weight.outFeatures()];
    for (int row = 0; row < inputs.count(); row++) {
      double[] input = inputs.read(row);
      for (int o = 0; o < y.length; o++) {
        double sum = weights.dot(input, (long) o * weight.inFeatures()) + summands[o];
        y[o] = Functions.apply(activation, sum);
      }
      outputs.write(row, y);
    }
  }

  static double[] biasOrZeros(Optional<Tensor> bias, int outFeatures) {
    return bias.map(b -> Rows.of(b).read(0)).orElse(new double[outFeatures]);
  }

  static void matmulTransposed(Tensor a, Tensor b, Tensor out) {
    int m = a.dim(-2);
    int n = b.dim(-2);
    Rows left = Rows.of(a);
    Rows right = Rows.of(b);
    Rows outputs = Rows.of(out);
    double[] y = new double[n];
    for (int first = 0; first < left.count(); first += m) {
      double[][] columns = right.read(first / m * n, n);
      for (int row = first; row < first + m; row++) {
        double[] values = left.read(row);
        for (int j = 0; j < n; j++) {
          y[j] = dot(values, columns[j], 0, values.length, 0);
        }
        outputs.write(row, y);
      }
    }
  }

  static void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    int queries = q.dim(1);
    int keys = k.dim(1);
    int headDim = q.dim(2) / spec.numHeads();
    int group = spec.numHeads() / spec.numKeyValueHeads();
    Rows queryRows = Rows.of(q);
    Rows keyRows = Rows.of(k);
    Rows valueRows = Rows.of(v);
    Rows outputs = Rows.of(out);
    Optional<Rows> probabilityRows = probabilities.map(Rows::of);
    for (int batch = 0; batch < q.dim(0); batch++) {
      double[][] key = keyRows.read(batch * keys, keys);
      double[][] value = valueRows.read(batch * keys, keys);
      for (int i = 0; i < queries; i++) {
        double[] query = queryRows.read(batch * queries + i);
        double[] y = new double[query.length];
        for (int head = 0; head < spec.numHeads(); head++) {
          int from = head * headDim;
          int keyFrom = head / group * headDim;
          double[] weights = new double[keys];
          boolean[] visible = new boolean[keys];
          for (int j = 0; j < keys; j++) {
            visible[j] = spec.mask().visible(batch, i, j);
            if (visible[j]) {
              weights[j] = spec.scale() * dot(query, key[j], from, headDim, keyFrom);
            }
          }
          softmax(weights, visible);
          for (int j = 0; j < keys; j++) {
            for (int d = 0; visible[j] && d < headDim; d++) {
              y[from + d] += weights[j] * value[j][keyFrom + d];
            }
          }
          int row = (batch * spec.numHeads() + head) * queries + i;
          probabilityRows.ifPresent(rows -> rows.write(row, weights));
        }
        outputs.write(batch * queries + i, y);
      }
    }
  }

  /** Softmax over the visible positions; the others stay 0, and so does a row that sees nothing. */
  static void softmax(double[] values, boolean[] visible) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < values.length; j++) {
      if (visible[j]) {
        max = Math.max(max, values[j]);
      }
    }
    double sum = 0;
    for (int j = 0; j < values.length; j++) {
      if (visible[j]) {
        values[j] = Math.exp(values[j] - max);
        sum += values[j];
      }
    }
    for (int j = 0; j < values.length; j++) {
      if (visible[j]) {
        values[j] /= sum;
      }
    }
  }

  private static double dot(double[] a, double[] b, int aFrom, int count, int bFrom) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }
}
