package dev.fovea.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * How fast something ran, by the CPU time of its thread: other load on the machine disturbs that
 * least.
 *
 * @param best work per nanosecond in the fastest round
 * @param median work per nanosecond in the middle round
 */
record Timing(double best, double median) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 21;
  private static final double ROUND_NANOS = 10e6;
  private static final double WARM_NANOS = 300e6;

  /** Runs an operation until it is warm, then measures. */
  static Timing of(double work, Runnable operation) {
    long start = System.nanoTime();
    int runs = 0;
    while (System.nanoTime() - start < WARM_NANOS) {
      operation.run();
      runs++;
    }
    int perRound = (int) Math.clamp(Math.ceil(runs * ROUND_NANOS / WARM_NANOS), 1, 1_000_000);
    double[] rates = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < perRound; i++) {
        operation.run();
      }
      rates[round] = work * perRound / (THREADS.getCurrentThreadCpuTime() - before);
    }
    Arrays.sort(rates);
    return new Timing(rates[ROUNDS - 1], rates[ROUNDS / 2]);
  }

  @Override
  public String toString() {
    return "%8.2f %8.2f".formatted(best, median);
  }
}
