package dev.fovea.core.engine;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What an engine's backend reaches on this machine, as the best of repeated runs.
 *
 * @param gigaflopsPerSecond multiplications and additions, each counted as one, of a linear layer
 *     on 256 rows from 768 to 3072 features
 * @param gigabytesPerSecond memory that a sum over {@code bytesRead} reads
 * @param bytesRead how much memory was read; larger than most caches if the heap allows it
 */
public record Throughput(double gigaflopsPerSecond, double gigabytesPerSecond, long bytesRead) {
  private static final int ROWS = 256;
  private static final int IN = 768;
  private static final int OUT = 3072;
  private static final int ROW_ELEMENTS = 4096;
  private static final int MOST_ROWS = 1 << 14;
  private static final int HEAP_SHARE = 8;

  /**
   * Measures both.
   *
   * @param budget how long to repeat, for compilers and clocks to reach their pace; each
   *     measurement runs at least once, and then for up to half of this
   */
  public static Throughput measure(Engine engine, Duration budget) {
    Duration half = budget.dividedBy(2);
    int elementSize = engine.backend().computeType().byteSize();
    long heapRows = Runtime.getRuntime().maxMemory() / HEAP_SHARE / elementSize / ROW_ELEMENTS;
    int rows = Math.toIntExact(Math.clamp(heapRows, 1, MOST_ROWS));
    long bytes = (long) rows * ROW_ELEMENTS * elementSize;
    double flops = 2.0 * ROWS * IN * OUT;
    Parameter weight = Parameter.of("throughput", Shape.of(OUT, IN), ones(OUT * IN));
    try (Session session = engine.newSession()) {
      Tensor x = session.tensor(ones(ROWS * IN), ROWS, IN);
      double multiplying = best(half, x, t -> t.linear(weight, Optional.empty(), Activation.NONE));
      Tensor row = session.tensor(ones(ROW_ELEMENTS), 1, ROW_ELEMENTS);
      Tensor memory = row.broadcastTo(Shape.of(rows, ROW_ELEMENTS)).contiguous();
      double reading = best(half, memory, Tensor::sum);
      return new Throughput(flops / multiplying / 1e9, bytes / reading / 1e9, bytes);
    } finally {
      engine.forget(weight);
    }
  }

  /** The seconds of the quickest run. */
  private static double best(Duration budget, Tensor input, UnaryOperator<Tensor> work) {
    long start = System.nanoTime();
    long best = Long.MAX_VALUE;
    do {
      long before = System.nanoTime();
      input.scoped(
          x -> {
            awaitResult(work.apply(x));
            return x;
          });
      best = Math.min(best, System.nanoTime() - before);
    } while (System.nanoTime() - start < budget.toNanos());
    return Math.max(best, 1) / 1e9;
  }

  /** Reading one element waits until all are computed. */
  private static void awaitResult(Tensor matrix) {
    matrix.narrow(0, 0, 1).narrow(1, 0, 1).toFloats();
  }

  private static float[] ones(int count) {
    float[] values = new float[count];
    Arrays.fill(values, 1);
    return values;
  }
}
