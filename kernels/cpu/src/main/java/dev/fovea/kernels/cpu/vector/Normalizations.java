package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.ReduceOp;
import dev.fovea.core.tensor.Tensor;

/** Operations over the innermost dimension. */
final class Normalizations {
  private static final double NANOS_PER_NORM = 0.4;
  private static final double NANOS_PER_SOFTMAX = 0.6;
  private static final double NANOS_PER_SUMMAND = 0.2;

  private Normalizations() {}

  static void layerNorm(Cpu cpu, Tensor input, Tensor weight, Tensor bias, double eps, Tensor out) {
    Functions functions = cpu.kernels().functions();
    float[] scale = Rows.array(weight.storage());
    float[] shift = Rows.array(bias.storage());
    int w0 = Math.toIntExact(weight.offset());
    int b0 = Math.toIntExact(bias.offset());
    cpu.withDenseRows(
        input,
        x -> {
          Rows rows = Rows.vectors(x, out);
          int n = rows.length();
          float[] in = rows.array(0);
          cpu.forRanges(
              rows.count(),
              NANOS_PER_NORM * n * rows.count(),
              (first, end, scratch) -> {
                float[] lanes = scratch.floats(Scratch.Buffer.LANES, Functions.LANES);
                for (int row = first; row < end; row++) {
                  int i0 = rows.start(0, row);
                  float mean = (float) (Sums.sum(functions, in, i0, n, lanes) / n);
                  double variance = Sums.squares(functions, in, i0, n, mean, lanes) / n;
                  float factor = (float) (1 / Math.sqrt(variance + eps));
                  Loops.normalize(
                      in,
                      i0,
                      mean,
                      factor,
                      scale,
                      w0,
                      shift,
                      b0,
                      rows.array(1),
                      rows.start(1, row),
                      n);
                }
              });
        });
  }

  static void rmsNorm(Cpu cpu, Tensor input, Tensor weight, double eps, Tensor out) {
    Functions functions = cpu.kernels().functions();
    float[] scale = Rows.array(weight.storage());
    int w0 = Math.toIntExact(weight.offset());
    cpu.withDenseRows(
        input,
        x -> {
          Rows rows = Rows.vectors(x, out);
          int n = rows.length();
          float[] in = rows.array(0);
          cpu.forRanges(
              rows.count(),
              NANOS_PER_NORM * n * rows.count(),
              (first, end, scratch) -> {
                float[] lanes = scratch.floats(Scratch.Buffer.LANES, Functions.LANES);
                for (int row = first; row < end; row++) {
                  int i0 = rows.start(0, row);
                  double meanSquare = Sums.squares(functions, in, i0, n, 0, lanes) / n;
                  float factor = (float) (1 / Math.sqrt(meanSquare + eps));
                  Loops.scale(in, i0, factor, scale, w0, rows.array(1), rows.start(1, row), n);
                }
              });
        });
  }

  static void softmax(Cpu cpu, Tensor input, Tensor out) {
    Functions functions = cpu.kernels().functions();
    cpu.withDenseRows(
        input,
        x -> {
          Rows rows = Rows.vectors(x, out);
          int n = rows.length();
          float[] to = rows.array(1);
          cpu.forRanges(
              rows.count(),
              NANOS_PER_SOFTMAX * n * rows.count(),
              (first, end, scratch) -> {
                float[] lanes = scratch.floats(Scratch.Buffer.LANES, Functions.LANES);
                for (int row = first; row < end; row++) {
                  int i0 = rows.start(0, row);
                  int o0 = rows.start(1, row);
                  float max = functions.largest(rows.array(0), i0, n);
                  double sum = Sums.expSum(functions, rows.array(0), i0, to, o0, n, max, lanes);
                  Loops.multiply(to, o0, (float) (1 / sum), to, o0, n);
                }
              });
        });
  }

  static void reduce(Cpu cpu, ReduceOp op, Tensor input, Tensor out) {
    Functions functions = cpu.kernels().functions();
    float[] to = Rows.array(out.storage());
    int o0 = Math.toIntExact(out.offset());
    cpu.withDenseRows(
        input,
        x -> {
          Rows rows = Rows.vectors(x);
          int n = rows.length();
          float[] in = rows.array(0);
          cpu.forRanges(
              rows.count(),
              NANOS_PER_SUMMAND * n * rows.count(),
              (first, end, scratch) -> {
                float[] lanes = scratch.floats(Scratch.Buffer.LANES, Functions.LANES);
                for (int row = first; row < end; row++) {
                  int i0 = rows.start(0, row);
                  to[o0 + row] =
                      switch (op) {
                        case SUM -> (float) Sums.sum(functions, in, i0, n, lanes);
                        case MEAN -> (float) (Sums.sum(functions, in, i0, n, lanes) / n);
                        case MAX -> Sums.max(in, i0, n);
                      };
                }
              });
        });
  }
}
