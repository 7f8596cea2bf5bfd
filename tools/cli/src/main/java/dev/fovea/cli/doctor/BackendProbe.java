package dev.fovea.cli.doctor;

import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Tries a backend: whether it computes what the reference computes, and how fast it is. */
public final class BackendProbe {
  private static final int HIDDEN = 768;
  private static final int TOKENS = 512;
  private static final int VALUES = 1 << 24;
  private static final long TRIAL_NANOS = 1_500_000_000L;
  private static final int BEST_OF = 10;

  /** How far f32 results may be apart: sums of 96 products of size about 1. */
  private static final double TOLERANCE = 2e-5;

  private BackendProbe() {}

  /**
   * How fast a backend is.
   *
   * @param gigaflops operations of a matrix product (512 x 768 by 768 x 768), in 10^9 a second
   * @param gigabytes bytes read and written by a sum of two arrays of 64 MiB, in 10^9 a second
   */
  public record Speed(double gigaflops, double gigabytes) {}

  /**
   * The largest difference from the reference over a linear layer, GELU, attention, normalisation
   * and softmax on fixed inputs.
   */
  public static double differenceFromReference(Backends.Candidate candidate, int threads) {
    float[] computed;
    float[] expected;
    try (Engine engine = open(candidate, threads)) {
      computed = selfTest(engine);
    }
    try (Engine reference = Engine.over(Backends.open("reference", options(threads)))) {
      expected = selfTest(reference);
    }
    double worst = 0;
    for (int i = 0; i < computed.length; i++) {
      double difference = Math.abs(computed[i] - expected[i]);
      worst = difference <= worst ? worst : difference;
    }
    return worst;
  }

  /** Whether a difference from the reference is rounding. */
  public static boolean isRounding(double difference) {
    return difference <= TOLERANCE;
  }

  /** Measures a backend, for about three seconds; each number is the best of many runs. */
  public static Speed speed(Backends.Candidate candidate, int threads) {
    try (Engine engine = open(candidate, threads)) {
      Parameter weight = weight("probe.weight", HIDDEN, HIDDEN);
      double product =
          bestNanos(
              engine,
              session -> session.tensor(values(TOKENS * HIDDEN, 1), TOKENS, HIDDEN),
              x -> x.linear(weight, Optional.empty(), Activation.NONE));
      double sum =
          bestNanos(engine, session -> session.tensor(new float[VALUES], VALUES), x -> x.plus(x));
      return new Speed(2.0 * TOKENS * HIDDEN * HIDDEN / product, 2.0 * Float.BYTES * VALUES / sum);
    }
  }

  private static double bestNanos(
      Engine engine,
      java.util.function.Function<Session, Tensor> input,
      Consumer<Tensor> operation) {
    double best = Double.POSITIVE_INFINITY;
    long end = System.nanoTime() + TRIAL_NANOS;
    try (Session session = engine.newSession()) {
      Tensor x = input.apply(session);
      for (int run = 0; run < BEST_OF || System.nanoTime() < end; run++) {
        long start = System.nanoTime();
        session.scoped(
            () -> {
              operation.accept(x);
              return x;
            });
        best = Math.min(best, (double) (System.nanoTime() - start));
        if (System.nanoTime() > end + TRIAL_NANOS) {
          break;
        }
      }
    }
    return best;
  }

  private static float[] selfTest(Engine engine) {
    int rows = 37;
    int width = 96;
    try (Session session = engine.newSession()) {
      Tensor x = session.tensor(values(rows * width, 2), rows, width);
      Parameter scale = weight("probe.scale", width);
      Tensor hidden =
          x.linear(weight("probe.fc", width, width), Optional.of(scale), Activation.GELU);
      Tensor attended =
          hidden.matmulTransposed(x).times(0.1).softmax().matmulTransposed(transposed(x));
      return attended.plus(x).layerNorm(scale, scale, 1e-5).toFloats();
    }
  }

  private static Tensor transposed(Tensor x) {
    return x.permute(1, 0).contiguous();
  }

  private static Engine open(Backends.Candidate candidate, int threads) {
    return Engine.over(candidate.opener().open(options(threads)));
  }

  private static BackendOptions options(int threads) {
    return new BackendOptions(threads, BackendOptions.defaults().computeType());
  }

  private static Parameter weight(String name, int... dims) {
    Shape shape = Shape.of(dims);
    return Parameter.of(name, shape, values((int) shape.elementCount(), 3));
  }

  private static float[] values(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return values;
  }
}
