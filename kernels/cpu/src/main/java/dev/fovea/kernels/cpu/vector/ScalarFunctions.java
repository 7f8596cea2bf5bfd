package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;
import java.util.Arrays;

/** {@link Functions} in plain loops. */
final class ScalarFunctions implements Functions {
  @Override
  public void activate(Activation activation, float[] in, int i0, float[] out, int o0, int n) {
    switch (activation) {
      case NONE -> System.arraycopy(in, i0, out, o0, n);
      case RELU -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.relu(in[i0 + i]);
        }
      }
      case QUICK_GELU -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.quickGelu(in[i0 + i]);
        }
      }
      case GELU -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.gelu(in[i0 + i]);
        }
      }
      case GELU_TANH -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.geluTanh(in[i0 + i]);
        }
      }
      case SILU -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.silu(in[i0 + i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.sigmoid(in[i0 + i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          out[o0 + i] = Scalars.tanh(in[i0 + i]);
        }
      }
    }
  }

  @Override
  public void exp(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = Scalars.exp(in[i0 + i]);
    }
  }

  @Override
  public void sums(float[] in, int i0, int n, float[] lanes) {
    Arrays.fill(lanes, 0, LANES, 0);
    for (int i = 0; i < n; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += in[i0 + i + lane];
      }
    }
  }

  @Override
  public void squares(float[] in, int i0, int n, float centre, float[] lanes) {
    Arrays.fill(lanes, 0, LANES, 0);
    for (int i = 0; i < n; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        float distance = in[i0 + i + lane] - centre;
        lanes[lane] = Math.fma(distance, distance, lanes[lane]);
      }
    }
  }

  @Override
  public float largest(float[] in, int i0, int n) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int i = i0; i < i0 + n; i++) {
      largest = in[i] > largest ? in[i] : largest;
    }
    return largest;
  }

  @Override
  public void expSums(float[] in, int i0, float[] out, int o0, int n, float max, float[] lanes) {
    Arrays.fill(lanes, 0, LANES, 0);
    for (int i = 0; i < n; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        float e = Scalars.exp(in[i0 + i + lane] - max);
        out[o0 + i + lane] = e;
        lanes[lane] += e;
      }
    }
  }

  @Override
  public void softmaxColumns(float[] panel, int p0, int rows, float[] sums, int sums0) {
    for (int column = 0; column < Tiles.PANEL; column++) {
      softmaxColumn(panel, p0 + column, p0 + column + rows * Tiles.PANEL, sums, sums0 + column);
    }
  }

  private static void softmaxColumn(float[] panel, int from, int to, float[] sums, int sum) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i += Tiles.PANEL) {
      max = panel[i] > max ? panel[i] : max;
    }
    max = max == Float.NEGATIVE_INFINITY ? 0 : max;
    float total = 0;
    for (int i = from; i < to; i += Tiles.PANEL) {
      float e = Scalars.exp(panel[i] - max);
      panel[i] = e;
      total += e;
    }
    sums[sum] = total;
  }
}
