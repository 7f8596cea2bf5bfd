package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.BinaryOp;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.tensor.UnaryOp;

/** Elementwise operations. The plain loops are those that the JIT compiler vectorises by itself. */
final class Elementwise {
  private static final double NANOS_PER_MOVE = 0.3;
  private static final double NANOS_PER_FUNCTION = 0.5;
  private static final double NANOS_PER_LOG = 10;

  private Elementwise() {}

  static void copy(Cpu cpu, Tensor x, Tensor out) {
    Rows rows = Rows.elements(x, out);
    float[] from = rows.array(0);
    float[] to = rows.array(1);
    int fromStep = rows.step(0);
    int toStep = rows.step(1);
    cpu.forSegments(
        rows,
        NANOS_PER_MOVE,
        (row, start, n, scratch) -> {
          int i0 = rows.start(0, row) + start * fromStep;
          int o0 = rows.start(1, row) + start * toStep;
          if (fromStep == 1 && toStep == 1) {
            System.arraycopy(from, i0, to, o0, n);
          } else {
            Loops.copy(from, i0, fromStep, to, o0, toStep, n);
          }
        });
  }

  static void unary(Cpu cpu, UnaryOp op, Tensor x, Tensor out) {
    Functions functions = cpu.kernels().functions();
    dense(
        cpu,
        x,
        out,
        op == UnaryOp.LOG ? NANOS_PER_LOG : NANOS_PER_FUNCTION,
        (in, i0, to, o0, n) -> {
          switch (op) {
            case EXP -> functions.exp(in, i0, to, o0, n);
            case LOG -> Loops.log(in, i0, to, o0, n);
            case SQRT -> Loops.sqrt(in, i0, to, o0, n);
            case NEGATE -> Loops.negate(in, i0, to, o0, n);
          }
        });
  }

  static void activation(Cpu cpu, Activation activation, Tensor x, Tensor out) {
    Functions functions = cpu.kernels().functions();
    dense(
        cpu,
        x,
        out,
        NANOS_PER_FUNCTION,
        (in, i0, to, o0, n) -> functions.activate(activation, in, i0, to, o0, n));
  }

  static void affine(Cpu cpu, Tensor x, double factor, double summand, Tensor out) {
    float f = (float) factor;
    float s = (float) summand;
    dense(
        cpu, x, out, NANOS_PER_MOVE, (in, i0, to, o0, n) -> Loops.affine(in, i0, f, s, to, o0, n));
  }

  /** A function of a stretch of one array to another. */
  @FunctionalInterface
  private interface Stretch {
    void apply(float[] in, int i0, float[] to, int o0, int n);
  }

  private static void dense(Cpu cpu, Tensor x, Tensor out, double nanos, Stretch function) {
    cpu.withDenseRows(
        x,
        source -> {
          Rows rows = Rows.elements(source, out);
          cpu.forSegments(
              rows,
              nanos,
              (row, from, n, scratch) ->
                  function.apply(
                      rows.array(0),
                      rows.start(0, row) + from,
                      rows.array(1),
                      rows.start(1, row) + from,
                      n));
        });
  }

  static void binary(Cpu cpu, BinaryOp op, Tensor a, Tensor b, Tensor out) {
    Rows rows = Rows.elements(a, b, out);
    cpu.forSegments(
        rows,
        NANOS_PER_MOVE,
        (row, from, n, scratch) -> {
          float[] x = rows.array(0);
          float[] y = rows.array(1);
          float[] to = rows.array(2);
          int x0 = rows.start(0, row) + from * rows.step(0);
          int y0 = rows.start(1, row) + from * rows.step(1);
          int o0 = rows.start(2, row) + from;
          if (rows.step(0) == 0) {
            float[] repeated = scratch.floats(Scratch.Buffer.ROW, n);
            java.util.Arrays.fill(repeated, 0, n, x[x0]);
            x = repeated;
            x0 = 0;
          }
          if (rows.step(1) == 0) {
            withNumber(op, x, x0, y[y0], to, o0, n);
          } else {
            withStretch(op, x, x0, y, y0, to, o0, n);
          }
        });
  }

  private static void withStretch(
      BinaryOp op, float[] x, int x0, float[] y, int y0, float[] to, int o0, int n) {
    switch (op) {
      case ADD -> Loops.add(x, x0, y, y0, to, o0, n);
      case SUBTRACT -> Loops.subtract(x, x0, y, y0, to, o0, n);
      case MULTIPLY -> Loops.multiply(x, x0, y, y0, to, o0, n);
      case DIVIDE -> Loops.divide(x, x0, y, y0, to, o0, n);
      case MAXIMUM -> Loops.maximum(x, x0, y, y0, to, o0, n);
    }
  }

  private static void withNumber(
      BinaryOp op, float[] x, int x0, float y, float[] to, int o0, int n) {
    switch (op) {
      case ADD -> Loops.add(x, x0, y, to, o0, n);
      case SUBTRACT -> Loops.add(x, x0, -y, to, o0, n);
      case MULTIPLY -> Loops.multiply(x, x0, y, to, o0, n);
      case DIVIDE -> Loops.divide(x, x0, y, to, o0, n);
      case MAXIMUM -> Loops.maximum(x, x0, y, to, o0, n);
    }
  }
}
