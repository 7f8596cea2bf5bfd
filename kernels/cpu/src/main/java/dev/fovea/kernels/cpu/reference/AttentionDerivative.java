package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Tensor;

/** The derivative of attention, one query row at a time. */
final class AttentionDerivative {
  private final AttentionSpec spec;
  private final double[][] q;
  private final double[][] k;
  private final double[][] v;
  private final double[][] toQ;
  private final double[][] toK;
  private final double[][] toV;
  private final int headDim;

  private AttentionDerivative(AttentionSpec spec, double[][] q, double[][] k, double[][] v) {
    this.spec = spec;
    this.q = q;
    this.k = k;
    this.v = v;
    this.toQ = zerosLike(q);
    this.toK = zerosLike(k);
    this.toV = zerosLike(v);
    this.headDim = q.length == 0 ? 0 : q[0].length / spec.numHeads();
  }

  static void run(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Tensor gradient,
      Tensor qGradient,
      Tensor kGradient,
      Tensor vGradient) {
    int queries = q.dim(1);
    int keys = k.dim(1);
    for (int batch = 0; batch < q.dim(0); batch++) {
      AttentionDerivative one =
          new AttentionDerivative(
              spec,
              Rows.of(q).read(batch * queries, queries),
              Rows.of(k).read(batch * keys, keys),
              Rows.of(v).read(batch * keys, keys));
      double[][] g = Rows.of(gradient).read(batch * queries, queries);
      for (int i = 0; i < queries; i++) {
        for (int head = 0; head < spec.numHeads(); head++) {
          one.row(batch, i, head, g[i]);
        }
      }
      write(qGradient, batch * queries, one.toQ);
      write(kGradient, batch * keys, one.toK);
      write(vGradient, batch * keys, one.toV);
    }
  }

  private void row(int batch, int i, int head, double[] g) {
    int from = head * headDim;
    int shared = head / (spec.numHeads() / spec.numKeyValueHeads()) * headDim;
    boolean[] visible = new boolean[k.length];
    double[] p = new double[k.length];
    for (int j = 0; j < k.length; j++) {
      visible[j] = spec.mask().visible(batch, i, j);
      if (visible[j]) {
        p[j] = spec.scale() * dot(q[i], from, k[j], shared);
      }
    }
    Products.softmax(p, visible);
    double[] dp = new double[k.length];
    double mean = 0;
    for (int j = 0; j < k.length; j++) {
      dp[j] = dot(g, from, v[j], shared);
      mean += p[j] * dp[j];
    }
    for (int j = 0; j < k.length; j++) {
      double ds = spec.scale() * p[j] * (dp[j] - mean);
      for (int d = 0; d < headDim; d++) {
        toQ[i][from + d] += ds * k[j][shared + d];
        toK[j][shared + d] += ds * q[i][from + d];
        toV[j][shared + d] += p[j] * g[from + d];
      }
    }
  }

  private double dot(double[] a, int aFrom, double[] b, int bFrom) {
    double sum = 0;
    for (int d = 0; d < headDim; d++) {
      sum += a[aFrom + d] * b[bFrom + d];
    }
    return sum;
  }

  private static void write(Tensor out, int first, double[][] rows) {
    Rows outputs = Rows.of(out);
    for (int i = 0; i < rows.length; i++) {
      outputs.write(first + i, rows[i]);
    }
  }

  private static double[][] zerosLike(double[][] rows) {
    double[][] zeros = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      zeros[i] = new double[rows[i].length];
    }
    return zeros;
  }
}
