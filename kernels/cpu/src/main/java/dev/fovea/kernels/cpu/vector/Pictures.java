package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;

/** Operations on [batch, channels, height, width] besides convolution. */
final class Pictures {
  private static final double NANOS_PER_SAMPLE = 1;
  private static final double NANOS_PER_MOVE = 0.3;
  private static final double NANOS_PER_CUBIC = 20;

  private Pictures() {}

  static void patchify(Cpu cpu, Tensor input, int patch, Tensor out) {
    cpu.withDenseRows(
        input,
        x -> {
          float[] in = Rows.array(x.storage());
          float[] to = Rows.array(out.storage());
          int perPicture = out.dim(1);
          int columns = x.dim(3) / patch;
          int length = out.dim(2);
          cpu.forRanges(
              out.dim(0) * perPicture,
              NANOS_PER_MOVE * out.shape().elementCount(),
              (first, end, scratch) -> {
                for (int row = first; row < end; row++) {
                  int at = row % perPicture;
                  long start =
                      x.offset()
                          + (long) (row / perPicture) * x.stride(0)
                          + (long) (at / columns) * patch * x.stride(2)
                          + (long) (at % columns) * patch;
                  int o0 = Math.toIntExact(out.offset() + (long) row * length);
                  cut(x, patch, in, Math.toIntExact(start), to, o0);
                }
              });
        });
  }

  private static void cut(Tensor x, int patch, float[] in, int start, float[] to, int o0) {
    int at = o0;
    for (int channel = 0; channel < x.dim(1); channel++) {
      for (int dy = 0; dy < patch; dy++) {
        int from = start + channel * x.stride(1) + dy * x.stride(2);
        System.arraycopy(in, from, to, at, patch);
        at += patch;
      }
    }
  }

  static void maxPool2d(Cpu cpu, Tensor x, Conv2d window, Tensor out) {
    forRows(
        cpu,
        x,
        out,
        NANOS_PER_SAMPLE * window.kernelHeight() * window.kernelWidth(),
        (plane, y, to, o0) -> {
          int top = Math.max(y * window.stride() - window.padding(), 0);
          int bottom =
              Math.min(y * window.stride() - window.padding() + window.kernelHeight(), x.dim(2));
          for (int i = 0; i < out.dim(3); i++) {
            int first = i * window.stride() - window.padding();
            int left = Math.max(first, 0);
            int right = Math.min(first + window.kernelWidth(), x.dim(3));
            float max = Float.NEGATIVE_INFINITY;
            for (int row = top; row < bottom; row++) {
              for (int column = left; column < right; column++) {
                max = Math.max(max, plane.get(row, column));
              }
            }
            to[o0 + i] = max;
          }
        });
  }

  static void averagePool2d(Cpu cpu, Tensor x, Conv2d window, Tensor out) {
    double area = window.kernelHeight() * window.kernelWidth();
    forRows(
        cpu,
        x,
        out,
        NANOS_PER_SAMPLE * area,
        (plane, y, to, o0) -> {
          int top = y * window.stride();
          for (int i = 0; i < out.dim(3); i++) {
            int left = i * window.stride();
            double sum = 0;
            for (int row = top; row < top + window.kernelHeight(); row++) {
              for (int column = left; column < left + window.kernelWidth(); column++) {
                sum += plane.get(row, column);
              }
            }
            to[o0 + i] = (float) (sum / area);
          }
        });
  }

  static void interpolateBicubic(
      Cpu cpu, Tensor x, double scaleHeight, double scaleWidth, Tensor out) {
    Cubic rows = new Cubic(x.dim(2), out.dim(2), scaleHeight);
    Cubic columns = new Cubic(x.dim(3), out.dim(3), scaleWidth);
    forRows(
        cpu,
        x,
        out,
        NANOS_PER_CUBIC,
        (plane, y, to, o0) -> {
          for (int i = 0; i < out.dim(3); i++) {
            double sum = 0;
            for (int dy = 0; dy < Cubic.TAPS; dy++) {
              double inRow = 0;
              for (int dx = 0; dx < Cubic.TAPS; dx++) {
                inRow +=
                    columns.weight(i, dx) * plane.get(rows.source(y, dy), columns.source(i, dx));
              }
              sum += rows.weight(y, dy) * inRow;
            }
            to[o0 + i] = (float) sum;
          }
        });
  }

  /** One channel of one picture. */
  private record Plane(float[] array, int start, int rowStep, int step) {
    float get(int row, int column) {
      return array[start + row * rowStep + column * step];
    }
  }

  /** Fills one row of an output. */
  @FunctionalInterface
  private interface RowMaker {
    void make(Plane plane, int y, float[] to, int o0);
  }

  private static void forRows(
      Cpu cpu, Tensor x, Tensor out, double nanosPerElement, RowMaker maker) {
    float[] in = Rows.array(x.storage());
    float[] to = Rows.array(out.storage());
    int channels = out.dim(1);
    int height = out.dim(2);
    cpu.forRanges(
        out.dim(0) * channels * height,
        nanosPerElement * out.shape().elementCount(),
        (first, end, scratch) -> {
          for (int row = first; row < end; row++) {
            int picture = row / height / channels;
            int channel = row / height % channels;
            long start = x.offset() + (long) picture * x.stride(0) + (long) channel * x.stride(1);
            Plane plane = new Plane(in, Math.toIntExact(start), x.stride(2), x.stride(3));
            int o0 = Math.toIntExact(out.offset() + (long) row * out.dim(3));
            maker.make(plane, row % height, to, o0);
          }
        });
  }
}
