package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;

/**
 * {@link Functions} in the Vector API: whole vectors go to the generated {@link VectorLoops}, what
 * is left over to scalar code.
 */
final class VectorFunctions implements Functions {
  private static final int WIDTH = VectorLoops.WIDTH;

  private final ScalarFunctions scalar = new ScalarFunctions();

  @Override
  public void activate(Activation activation, float[] in, int i0, float[] out, int o0, int n) {
    int whole = n - n % WIDTH;
    switch (activation) {
      case NONE -> System.arraycopy(in, i0, out, o0, whole);
      case RELU -> VectorLoops.relu(in, i0, out, o0, whole);
      case QUICK_GELU -> VectorLoops.quickGelu(in, i0, out, o0, whole);
      case GELU -> VectorLoops.gelu(in, i0, out, o0, whole);
      case GELU_TANH -> VectorLoops.geluTanh(in, i0, out, o0, whole);
      case SILU -> VectorLoops.silu(in, i0, out, o0, whole);
      case SIGMOID -> VectorLoops.sigmoid(in, i0, out, o0, whole);
      case TANH -> VectorLoops.tanh(in, i0, out, o0, whole);
    }
    scalar.activate(activation, in, i0 + whole, out, o0 + whole, n - whole);
  }

  @Override
  public void exp(float[] in, int i0, float[] out, int o0, int n) {
    int whole = n - n % WIDTH;
    VectorLoops.exp(in, i0, out, o0, whole);
    scalar.exp(in, i0 + whole, out, o0 + whole, n - whole);
  }

  @Override
  public void sums(float[] in, int i0, int n, float[] lanes) {
    VectorLoops.sums(in, i0, n, lanes);
  }

  @Override
  public void squares(float[] in, int i0, int n, float centre, float[] lanes) {
    VectorLoops.squares(in, i0, n, centre, lanes);
  }

  @Override
  public float largest(float[] in, int i0, int n) {
    int whole = n - n % WIDTH;
    float inVectors = VectorLoops.largest(in, i0, whole);
    float afterwards = scalar.largest(in, i0 + whole, n - whole);
    return afterwards > inVectors ? afterwards : inVectors;
  }

  @Override
  public void expSums(float[] in, int i0, float[] out, int o0, int n, float max, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      VectorLoops.expSums(in, i0, out, o0, n, max, lanes, lane);
    }
  }

  @Override
  public void softmaxColumns(float[] panel, int p0, int rows, float[] sums, int sums0) {
    for (int column = 0; column < Tiles.PANEL; column += WIDTH) {
      VectorLoops.softmaxColumns(panel, p0 + column, Tiles.PANEL, rows, sums, sums0 + column);
    }
  }
}
