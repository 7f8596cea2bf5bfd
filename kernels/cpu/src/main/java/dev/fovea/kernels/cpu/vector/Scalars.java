package dev.fovea.kernels.cpu.vector;

/**
 * The elementwise functions on one number: what {@link VectorLoops} do per lane, operation by
 * operation, so that both give the same bits. NaN goes through all of them.
 *
 * <p>Polynomials are minimax fits to double precision references. Largest errors, in units of the
 * last place of the result unless said: exp 1, erf 4, tanh 5.
 */
final class Scalars {
  /** Beyond it, e^x is 0 or infinite in F32. */
  static final float EXP_LIMIT = 104;

  /** Beyond it, e^x / (1 + e^x) is 1 in F32; e^x itself is finite there. */
  static final float SIGMOID_LIMIT = 88;

  /** 1.5 * 2^23: adding it rounds to an integer, which then is in the low bits. */
  static final float ROUNDER = 12582912;

  static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  static final float LOG2_E = (float) (1 / Math.log(2));

  /** ln 2 with few bits, so that small multiples are exact. */
  static final float LN2_HIGH = 355 / 512f;

  static final float LN2_LOW = (float) (Math.log(2) - 355.0 / 512);
  static final float EXP_2 = 0.49999994f;
  static final float EXP_3 = 0.16666521f;
  static final float EXP_4 = 0.04166839f;
  static final float EXP_5 = 0.008368745f;
  static final float EXP_6 = 0.001381454f;

  static final float QUICK_GELU_SLOPE = 1.702f;

  /** What rounding took from the slope. */
  static final float QUICK_GELU_SLOPE_LOW = (float) (1.702 - (double) 1.702f);

  static final float QUICK_GELU_LOG2 = (float) (1.702 / Math.log(2));
  static final float QUICK_GELU_LOW = (float) (-EXP_LIMIT / 1.702);
  static final float QUICK_GELU_HIGH = (float) (SIGMOID_LIMIT / 1.702);

  /** 2 sqrt(2 / pi). */
  static final float GELU_TANH_1 = (float) (2 * Math.sqrt(2 / Math.PI));

  static final float GELU_TANH_3 = (float) (2 * Math.sqrt(2 / Math.PI) * 0.044715);

  /** Beyond it, the exponent is outside {@link #EXP_LIMIT}. */
  static final float GELU_TANH_LIMIT = 14;

  static final float SQRT_HALF = (float) Math.sqrt(0.5);

  /** Beyond it, erf is 1 in F32. */
  static final float ERF_LIMIT = 4;

  static final float ERF_P0 = 1.1283792f;
  static final float ERF_P1 = 0.1852051f;
  static final float ERF_P2 = 0.054316975f;
  static final float ERF_P3 = 0.0038496645f;
  static final float ERF_P4 = 3.7960213e-4f;
  static final float ERF_P5 = 4.684551e-6f;
  static final float ERF_P6 = -1.3201186e-8f;
  static final float ERF_Q1 = 0.49746716f;
  static final float ERF_Q2 = 0.11395903f;
  static final float ERF_Q3 = 0.015462173f;
  static final float ERF_Q4 = 0.0013075717f;
  static final float ERF_Q5 = 6.3108455e-5f;

  /** Beyond it, tanh is 1 in F32 but for the last place. */
  static final float TANH_LIMIT = 9;

  static final float TANH_P1 = 0.13680823f;
  static final float TANH_P2 = 0.003869467f;
  static final float TANH_P3 = 2.8030483e-5f;
  static final float TANH_P4 = 3.0640546e-8f;
  static final float TANH_P5 = -1.22448015e-11f;
  static final float TANH_Q1 = 0.47014156f;
  static final float TANH_Q2 = 0.027250007f;
  static final float TANH_Q3 = 3.940641e-4f;
  static final float TANH_Q4 = 1.2889773e-6f;

  private Scalars() {}

  static float exp(float x) {
    return exp(x, 1, 0, LOG2_E, -EXP_LIMIT, EXP_LIMIT);
  }

  /**
   * e^(slope x), as 2^n e^r with n whole and r between -ln2/2 and ln2/2.
   *
   * @param slopeLow what is added to the slope
   * @param log2 slope / ln 2
   * @param low where x is cut off
   * @param high where x is cut off
   */
  private static float exp(
      float x, float slope, float slopeLow, float log2, float low, float high) {
    float c = clamp(x, low, high);
    float t = Math.fma(c, log2, ROUNDER);
    float n = t - ROUNDER;
    float r = Math.fma(c, slope, -(n * LN2_HIGH));
    r = Math.fma(n, -LN2_LOW, r);
    r = Math.fma(c, slopeLow, r);
    float q = Math.fma(EXP_6, r, EXP_5);
    q = Math.fma(q, r, EXP_4);
    q = Math.fma(q, r, EXP_3);
    q = Math.fma(q, r, EXP_2);
    float e = Math.fma(q * r, r, r) + 1;
    // 2^n in two factors, as n may lie outside what an exponent can be.
    int whole = Float.floatToRawIntBits(t) - ROUNDER_BITS;
    int half = whole >> 1;
    float scaled = e * Float.intBitsToFloat((half + 127) << 23);
    return scaled * Float.intBitsToFloat((whole - half + 127) << 23);
  }

  private static float clamp(float x, float low, float high) {
    float c = x < low ? low : x;
    return c > high ? high : c;
  }

  static float relu(float x) {
    return x < 0 ? 0 : x;
  }

  static float sigmoid(float x) {
    float e = exp(x, 1, 0, LOG2_E, -EXP_LIMIT, SIGMOID_LIMIT);
    return e / (1 + e);
  }

  static float silu(float x) {
    return x * sigmoid(x);
  }

  static float quickGelu(float x) {
    float e =
        exp(
            x,
            QUICK_GELU_SLOPE,
            QUICK_GELU_SLOPE_LOW,
            QUICK_GELU_LOG2,
            QUICK_GELU_LOW,
            QUICK_GELU_HIGH);
    return x * (e / (1 + e));
  }

  /** x sigmoid(2u), which is x/2 (1 + tanh u), with u = sqrt(2/pi) (x + 0.044715 x³). */
  static float geluTanh(float x) {
    float c = clamp(x, -GELU_TANH_LIMIT, GELU_TANH_LIMIT);
    return x * sigmoid(c * Math.fma(c * c, GELU_TANH_3, GELU_TANH_1));
  }

  static float gelu(float x) {
    float h = 0.5f * x;
    return Math.fma(h, erf(x * SQRT_HALF), h);
  }

  static float erf(float u) {
    float c = clamp(u, -ERF_LIMIT, ERF_LIMIT);
    float z = c * c;
    float p = Math.fma(ERF_P6, z, ERF_P5);
    p = Math.fma(p, z, ERF_P4);
    p = Math.fma(p, z, ERF_P3);
    p = Math.fma(p, z, ERF_P2);
    p = Math.fma(p, z, ERF_P1);
    p = Math.fma(p, z, ERF_P0);
    float q = Math.fma(ERF_Q5, z, ERF_Q4);
    q = Math.fma(q, z, ERF_Q3);
    q = Math.fma(q, z, ERF_Q2);
    q = Math.fma(q, z, ERF_Q1);
    q = Math.fma(q, z, 1);
    float e = c * p / q;
    e = u >= ERF_LIMIT ? 1 : e;
    return u <= -ERF_LIMIT ? -1 : e;
  }

  static float tanh(float x) {
    float c = clamp(x, -TANH_LIMIT, TANH_LIMIT);
    float z = c * c;
    float p = Math.fma(TANH_P5, z, TANH_P4);
    p = Math.fma(p, z, TANH_P3);
    p = Math.fma(p, z, TANH_P2);
    p = Math.fma(p, z, TANH_P1);
    p = Math.fma(p, z, 1);
    float q = Math.fma(TANH_Q4, z, TANH_Q3);
    q = Math.fma(q, z, TANH_Q2);
    q = Math.fma(q, z, TANH_Q1);
    q = Math.fma(q, z, 1);
    float e = c * p / q;
    e = x >= TANH_LIMIT ? 1 : e;
    return x <= -TANH_LIMIT ? -1 : e;
  }
}
