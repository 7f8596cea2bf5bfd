package dev.fovea.bench.vs;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Two runners over the same distance, lap by lap in turn, so that a busy machine slows both. With
 * one thread a lap is the CPU time of the calling thread, which does all the work on both sides;
 * with more it is wall time.
 */
final class Race {
  private static final long WARM_UP_NANOS = 4_000_000_000L;
  private static final long LAP_NANOS = 40_000_000L;

  /** Lets the peer's spinning threads go to sleep before the other side runs. */
  private static final long PAUSE_NANOS = 15_000_000L;

  private final int threads;
  private final int laps;

  Race(int threads, int laps) {
    this.threads = threads;
    this.laps = laps;
  }

  /**
   * The times of one side.
   *
   * @param best seconds per run of the fastest lap
   * @param median seconds per run of the middle lap
   */
  record Time(double best, double median) {
    static Time of(double[] laps) {
      double[] sorted = laps.clone();
      Arrays.sort(sorted);
      return new Time(sorted[0], sorted[sorted.length / 2]);
    }
  }

  /**
   * A result; a ratio above 1 means that Fovea is faster.
   *
   * @param medianRatio the middle of the ratios lap by lap
   */
  record Result(Time fovea, Time peer, double medianRatio) {
    double bestRatio() {
      return peer.best / fovea.best;
    }

    /** One line: times, work per second, ratios. */
    String line(String name, double flops) {
      return String.format(
          Locale.ROOT,
          "%-34s fovea %9.3f ms %7.1f GFLOP/s | onnxruntime %9.3f ms %7.1f GFLOP/s"
              + " | ratio best %.2f median %.2f",
          name,
          fovea.median * 1e3,
          flops / fovea.median * 1e-9,
          peer.median * 1e3,
          flops / peer.median * 1e-9,
          bestRatio(),
          medianRatio);
    }
  }

  Result run(Runnable fovea, Runnable peer) {
    int foveaRuns = warmUp(fovea);
    int peerRuns = warmUp(peer);
    double[] foveaLaps = new double[laps];
    double[] peerLaps = new double[laps];
    double[] ratios = new double[laps];
    for (int i = 0; i < laps; i++) {
      foveaLaps[i] = lap(fovea, foveaRuns);
      pause();
      peerLaps[i] = lap(peer, peerRuns);
      pause();
      ratios[i] = peerLaps[i] / foveaLaps[i];
    }
    Arrays.sort(ratios);
    return new Result(Time.of(foveaLaps), Time.of(peerLaps), ratios[laps / 2]);
  }

  /** Runs until compiled; returns how many runs make a lap. */
  private int warmUp(Runnable side) {
    long start = System.nanoTime();
    long last = 1;
    while (System.nanoTime() - start < WARM_UP_NANOS) {
      long before = System.nanoTime();
      side.run();
      last = Math.max(System.nanoTime() - before, 1);
    }
    return (int) Math.max(1, LAP_NANOS / last);
  }

  private double lap(Runnable side, int runs) {
    long start = clock();
    for (int i = 0; i < runs; i++) {
      side.run();
    }
    return (clock() - start) * 1e-9 / runs;
  }

  private long clock() {
    return threads == 1
        ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  private void pause() {
    if (threads > 1) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
