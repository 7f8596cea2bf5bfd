package dev.fovea.kernels.cpu.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.fovea.core.tensor.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Functions} in the Vector API. What is left over at the end of a row goes to {@link
 * Scalars}.
 */
final class VectorFunctions implements Functions {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int WIDTH = SPECIES.length();

  private final ScalarFunctions scalar = new ScalarFunctions();

  @Override
  public void activate(Activation activation, float[] in, int i0, float[] out, int o0, int n) {
    int whole = n - n % WIDTH;
    switch (activation) {
      case NONE, RELU -> scalar.activate(activation, in, i0, out, o0, n);
      case QUICK_GELU -> quickGelu(in, i0, out, o0, whole);
      case GELU -> gelu(in, i0, out, o0, whole);
      case GELU_TANH -> geluTanh(in, i0, out, o0, whole);
      case SILU -> silu(in, i0, out, o0, whole);
      case SIGMOID -> sigmoid(in, i0, out, o0, whole);
      case TANH -> tanh(in, i0, out, o0, whole);
    }
    if (activation != Activation.NONE && activation != Activation.RELU) {
      scalar.activate(activation, in, i0 + whole, out, o0 + whole, n - whole);
    }
  }

  @Override
  public void exp(float[] in, int i0, float[] out, int o0, int n) {
    int whole = n - n % WIDTH;
    expWhole(in, i0, out, o0, whole);
    scalar.exp(in, i0 + whole, out, o0 + whole, n - whole);
  }

  private static void expWhole(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      exp(FloatVector.fromArray(SPECIES, in, i0 + i)).intoArray(out, o0 + i);
    }
  }

  private static void sigmoid(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      sigmoid(FloatVector.fromArray(SPECIES, in, i0 + i)).intoArray(out, o0 + i);
    }
  }

  private static void silu(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);
      x.mul(sigmoid(x)).intoArray(out, o0 + i);
    }
  }

  private static void quickGelu(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);
      FloatVector e =
          exp(
              x,
              Scalars.QUICK_GELU_SLOPE,
              Scalars.QUICK_GELU_SLOPE_LOW,
              Scalars.QUICK_GELU_LOG2,
              Scalars.QUICK_GELU_LOW,
              Scalars.QUICK_GELU_HIGH);
      x.mul(e.div(e.add(1))).intoArray(out, o0 + i);
    }
  }

  private static void geluTanh(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);
      FloatVector c = clamp(x, -Scalars.GELU_TANH_LIMIT, Scalars.GELU_TANH_LIMIT);
      FloatVector slope = c.mul(c).fma(all(Scalars.GELU_TANH_3), all(Scalars.GELU_TANH_1));
      x.mul(sigmoid(c.mul(slope))).intoArray(out, o0 + i);
    }
  }

  private static void gelu(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);
      FloatVector h = x.mul(0.5f);
      h.fma(erf(x.mul(Scalars.SQRT_HALF)), h).intoArray(out, o0 + i);
    }
  }

  private static void tanh(float[] in, int i0, float[] out, int o0, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      tanh(FloatVector.fromArray(SPECIES, in, i0 + i)).intoArray(out, o0 + i);
    }
  }

  @Override
  public void sums(float[] in, int i0, int n, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      for (int i = i0 + lane; i < i0 + n; i += LANES) {
        sum0 = sum0.add(FloatVector.fromArray(SPECIES, in, i));
        sum1 = sum1.add(FloatVector.fromArray(SPECIES, in, i + WIDTH));
      }
      sum0.intoArray(lanes, lane);
      sum1.intoArray(lanes, lane + WIDTH);
    }
  }

  @Override
  public void squares(float[] in, int i0, int n, float centre, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += 2 * WIDTH) {
      FloatVector sum0 = FloatVector.zero(SPECIES);
      FloatVector sum1 = FloatVector.zero(SPECIES);
      for (int i = i0 + lane; i < i0 + n; i += LANES) {
        FloatVector distance0 = FloatVector.fromArray(SPECIES, in, i).sub(centre);
        FloatVector distance1 = FloatVector.fromArray(SPECIES, in, i + WIDTH).sub(centre);
        sum0 = distance0.fma(distance0, sum0);
        sum1 = distance1.fma(distance1, sum1);
      }
      sum0.intoArray(lanes, lane);
      sum1.intoArray(lanes, lane + WIDTH);
    }
  }

  @Override
  public float largest(float[] in, int i0, int n) {
    int whole = n - n % WIDTH;
    float inVectors = largestWhole(in, i0, whole);
    float afterwards = scalar.largest(in, i0 + whole, n - whole);
    return afterwards > inVectors ? afterwards : inVectors;
  }

  private static float largestWhole(float[] in, int i0, int n) {
    FloatVector largest = all(Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, i0 + i);
      largest = largest.blend(x, x.compare(GT, largest));
    }
    return largest.reduceLanes(MAX);
  }

  @Override
  public void expSums(float[] in, int i0, float[] out, int o0, int n, float max, float[] lanes) {
    for (int lane = 0; lane < LANES; lane += WIDTH) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < n; i += LANES) {
        FloatVector e = exp(FloatVector.fromArray(SPECIES, in, i0 + i).sub(max));
        e.intoArray(out, o0 + i);
        sum = sum.add(e);
      }
      sum.intoArray(lanes, lane);
    }
  }

  @Override
  public void softmaxColumns(float[] panel, int p0, int rows, float[] sums, int sums0) {
    for (int column = 0; column < Tiles.PANEL; column += WIDTH) {
      columns(panel, p0 + column, rows, sums, sums0 + column);
    }
  }

  private static void columns(float[] panel, int p0, int rows, float[] sums, int sums0) {
    FloatVector max = all(Float.NEGATIVE_INFINITY);
    for (int row = 0; row < rows; row++) {
      FloatVector x = FloatVector.fromArray(SPECIES, panel, p0 + row * Tiles.PANEL);
      max = max.blend(x, x.compare(GT, max));
    }
    max = max.blend(0, max.compare(EQ, Float.NEGATIVE_INFINITY));
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int row = 0; row < rows; row++) {
      FloatVector x = FloatVector.fromArray(SPECIES, panel, p0 + row * Tiles.PANEL);
      FloatVector e = exp(x.sub(max));
      e.intoArray(panel, p0 + row * Tiles.PANEL);
      sum = sum.add(e);
    }
    sum.intoArray(sums, sums0);
  }

  private static FloatVector exp(FloatVector x) {
    return exp(x, 1, 0, Scalars.LOG2_E, -Scalars.EXP_LIMIT, Scalars.EXP_LIMIT);
  }

  private static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x, 1, 0, Scalars.LOG2_E, -Scalars.EXP_LIMIT, Scalars.SIGMOID_LIMIT);
    return e.div(e.add(1));
  }

  private static FloatVector exp(
      FloatVector x, float slope, float slopeLow, float log2, float low, float high) {
    FloatVector c = clamp(x, low, high);
    FloatVector t = c.fma(all(log2), all(Scalars.ROUNDER));
    FloatVector n = t.sub(Scalars.ROUNDER);
    FloatVector r = c.fma(all(slope), n.mul(-Scalars.LN2_HIGH));
    r = n.fma(all(-Scalars.LN2_LOW), r);
    r = c.fma(all(slopeLow), r);
    FloatVector q = r.fma(all(Scalars.EXP_6), all(Scalars.EXP_5));
    q = q.fma(r, all(Scalars.EXP_4));
    q = q.fma(r, all(Scalars.EXP_3));
    q = q.fma(r, all(Scalars.EXP_2));
    FloatVector e = q.mul(r).fma(r, r).add(1);
    IntVector whole = t.reinterpretAsInts().sub(Float.floatToRawIntBits(Scalars.ROUNDER));
    IntVector half = whole.lanewise(ASHR, 1);
    FloatVector scaled = e.mul(half.add(127).lanewise(LSHL, 23).reinterpretAsFloats());
    return scaled.mul(whole.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats());
  }

  private static FloatVector erf(FloatVector u) {
    FloatVector c = clamp(u, -Scalars.ERF_LIMIT, Scalars.ERF_LIMIT);
    FloatVector z = c.mul(c);
    FloatVector p = z.fma(all(Scalars.ERF_P6), all(Scalars.ERF_P5));
    p = p.fma(z, all(Scalars.ERF_P4));
    p = p.fma(z, all(Scalars.ERF_P3));
    p = p.fma(z, all(Scalars.ERF_P2));
    p = p.fma(z, all(Scalars.ERF_P1));
    p = p.fma(z, all(Scalars.ERF_P0));
    FloatVector q = z.fma(all(Scalars.ERF_Q5), all(Scalars.ERF_Q4));
    q = q.fma(z, all(Scalars.ERF_Q3));
    q = q.fma(z, all(Scalars.ERF_Q2));
    q = q.fma(z, all(Scalars.ERF_Q1));
    q = q.fma(z, all(1));
    FloatVector e = c.mul(p).div(q);
    e = e.blend(1, u.compare(GE, Scalars.ERF_LIMIT));
    return e.blend(-1, u.compare(LE, -Scalars.ERF_LIMIT));
  }

  private static FloatVector tanh(FloatVector x) {
    FloatVector c = clamp(x, -Scalars.TANH_LIMIT, Scalars.TANH_LIMIT);
    FloatVector z = c.mul(c);
    FloatVector p = z.fma(all(Scalars.TANH_P5), all(Scalars.TANH_P4));
    p = p.fma(z, all(Scalars.TANH_P3));
    p = p.fma(z, all(Scalars.TANH_P2));
    p = p.fma(z, all(Scalars.TANH_P1));
    p = p.fma(z, all(1));
    FloatVector q = z.fma(all(Scalars.TANH_Q4), all(Scalars.TANH_Q3));
    q = q.fma(z, all(Scalars.TANH_Q2));
    q = q.fma(z, all(Scalars.TANH_Q1));
    q = q.fma(z, all(1));
    FloatVector e = c.mul(p).div(q);
    e = e.blend(1, x.compare(GE, Scalars.TANH_LIMIT));
    return e.blend(-1, x.compare(LE, -Scalars.TANH_LIMIT));
  }

  private static FloatVector clamp(FloatVector x, float low, float high) {
    FloatVector c = x.blend(low, x.compare(LT, low));
    return c.blend(high, c.compare(GT, high));
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
