package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;

/** Functions that begin as scalar code; each changes to vector code by itself. */
final class AdaptiveFunctions implements Functions {
  static final AdaptiveFunctions SHARED = new AdaptiveFunctions(Warmup.SHARED);

  private static final int TRIAL_SIZE = 8 * LANES;
  private static final double NANOS_PER_FUNCTION = 2.5;
  private static final double NANOS_PER_SUMMAND = 0.5;

  private final ScalarFunctions scalar = new ScalarFunctions();
  private final Map<Activation, Warmup.Switch> activations = new EnumMap<>(Activation.class);
  private final Warmup.Switch exp;
  private final Warmup.Switch sums;
  private final Warmup.Switch squares;
  private final Warmup.Switch largest;
  private final Warmup.Switch expSums;
  private final Warmup.Switch softmaxColumns;

  private AdaptiveFunctions(Warmup warmup) {
    float[] in = new float[TRIAL_SIZE];
    float[] out = new float[TRIAL_SIZE];
    float[] lanes = new float[LANES];
    for (Activation activation : EnumSet.complementOf(EnumSet.of(Activation.NONE))) {
      activations.put(
          activation,
          kernel(
              warmup,
              activation.toString(),
              f -> f.activate(activation, in, 0, out, 0, TRIAL_SIZE)));
    }
    exp = kernel(warmup, "exp", f -> f.exp(in, 0, out, 0, TRIAL_SIZE));
    sums = kernel(warmup, "sums", f -> f.sums(in, 0, TRIAL_SIZE, lanes));
    squares = kernel(warmup, "squares", f -> f.squares(in, 0, TRIAL_SIZE, 0, lanes));
    largest = kernel(warmup, "largest", f -> f.largest(in, 0, TRIAL_SIZE));
    expSums = kernel(warmup, "expSums", f -> f.expSums(in, 0, out, 0, TRIAL_SIZE, 0, lanes));
    softmaxColumns =
        kernel(
            warmup,
            "softmaxColumns",
            f -> f.softmaxColumns(out, 0, TRIAL_SIZE / Tiles.PANEL, lanes, 0));
  }

  private Warmup.Switch kernel(Warmup warmup, String name, Consumer<Functions> call) {
    return warmup.newSwitch(
        name,
        () ->
            new Warmup.Trial(() -> call.accept(VectorHolder.FUNCTIONS), () -> call.accept(scalar)));
  }

  @Override
  public void activate(Activation activation, float[] in, int i0, float[] out, int o0, int n) {
    Warmup.Switch kernel = activations.get(activation);
    if (kernel == null) {
      scalar.activate(activation, in, i0, out, o0, n);
    } else if (kernel.isHot()) {
      VectorHolder.FUNCTIONS.activate(activation, in, i0, out, o0, n);
    } else {
      scalar.activate(activation, in, i0, out, o0, n);
      kernel.ranScalar(n * NANOS_PER_FUNCTION);
    }
  }

  @Override
  public void exp(float[] in, int i0, float[] out, int o0, int n) {
    if (exp.isHot()) {
      VectorHolder.FUNCTIONS.exp(in, i0, out, o0, n);
    } else {
      scalar.exp(in, i0, out, o0, n);
      exp.ranScalar(n * NANOS_PER_FUNCTION);
    }
  }

  @Override
  public void sums(float[] in, int i0, int n, float[] lanes) {
    if (sums.isHot()) {
      VectorHolder.FUNCTIONS.sums(in, i0, n, lanes);
    } else {
      scalar.sums(in, i0, n, lanes);
      sums.ranScalar(n * NANOS_PER_SUMMAND);
    }
  }

  @Override
  public void squares(float[] in, int i0, int n, float centre, float[] lanes) {
    if (squares.isHot()) {
      VectorHolder.FUNCTIONS.squares(in, i0, n, centre, lanes);
    } else {
      scalar.squares(in, i0, n, centre, lanes);
      squares.ranScalar(n * NANOS_PER_SUMMAND);
    }
  }

  @Override
  public float largest(float[] in, int i0, int n) {
    if (largest.isHot()) {
      return VectorHolder.FUNCTIONS.largest(in, i0, n);
    }
    largest.ranScalar(n * NANOS_PER_SUMMAND);
    return scalar.largest(in, i0, n);
  }

  @Override
  public void expSums(float[] in, int i0, float[] out, int o0, int n, float max, float[] lanes) {
    if (expSums.isHot()) {
      VectorHolder.FUNCTIONS.expSums(in, i0, out, o0, n, max, lanes);
    } else {
      scalar.expSums(in, i0, out, o0, n, max, lanes);
      expSums.ranScalar(n * NANOS_PER_FUNCTION);
    }
  }

  @Override
  public void softmaxColumns(float[] panel, int p0, int rows, float[] sums, int sums0) {
    if (softmaxColumns.isHot()) {
      VectorHolder.FUNCTIONS.softmaxColumns(panel, p0, rows, sums, sums0);
    } else {
      scalar.softmaxColumns(panel, p0, rows, sums, sums0);
      softmaxColumns.ranScalar(rows * Tiles.PANEL * NANOS_PER_FUNCTION);
    }
  }
}
