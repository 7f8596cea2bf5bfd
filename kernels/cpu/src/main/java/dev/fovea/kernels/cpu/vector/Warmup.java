package dev.fovea.kernels.cpu.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings vector kernels up to speed in the background. Loading the Vector API and compiling a first
 * kernel takes about half a second of CPU time, in which scalar code does the work of many small
 * pictures; so nothing is begun before scalar code has run for about as long, or until it is known
 * that much work lies ahead. The state is that of the JIT compiler: one per JVM.
 */
final class Warmup {
  /** The one of this JVM. */
  static final Warmup SHARED = new Warmup();

  private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);
  private static final long WORTHWHILE_NANOS = 400_000_000;
  private static final long LARGE_WEIGHTS = 16L << 20;
  private static final long LIMIT_NANOS = 10_000_000_000L;
  private static final long IDLE_SECONDS = 1;
  private static final int CALLS_PER_BATCH = 16;
  private static final int CALLS_BEFORE_PAUSES = 4000;
  private static final int FAST_BATCHES = 3;

  /** Vector code that is not compiled is many times slower than scalar code, never close to it. */
  private static final double COMPILED = 0.9;

  private final AtomicLong scalarNanos = new AtomicLong();
  private final AtomicLong packedWeights = new AtomicLong();
  private final AtomicBoolean refused = new AtomicBoolean();
  private final ThreadPoolExecutor background =
      new ThreadPoolExecutor(
          1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Warmup::thread);
  private volatile boolean worthwhile;

  /** A small piece of work in both kinds of code. */
  record Trial(Runnable vector, Runnable scalar) {}

  /** A kernel that may have changed from scalar to vector code. */
  final class Switch {
    private final String name;
    private final Supplier<Trial> trial;
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean hot;

    Switch(String name, Supplier<Trial> trial) {
      this.name = name;
      this.trial = trial;
    }

    /** Whether the vector code is compiled and faster. */
    boolean isHot() {
      return hot;
    }

    /** Counts scalar work, which may start the change. */
    void ranScalar(double nanos) {
      if (worthwhile || scalarNanos.addAndGet((long) nanos) > WORTHWHILE_NANOS) {
        worthwhile = true;
        request();
      }
    }

    void request() {
      if (!requested.get() && requested.compareAndSet(false, true)) {
        submit(() -> bringUp(this));
      }
    }
  }

  private Warmup() {
    background.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "fovea-warmup");
    thread.setDaemon(true);
    return thread;
  }

  Switch newSwitch(String name, Supplier<Trial> trial) {
    return new Switch(name, trial);
  }

  /** Whether there is work enough for vector code. */
  boolean isWorthwhile() {
    return worthwhile;
  }

  /** Says that much work lies ahead. */
  void expectMuchWork() {
    worthwhile = true;
  }

  /** Says that a weight was packed: a large model means much work. */
  void packed(long elements) {
    if (packedWeights.addAndGet(elements) > LARGE_WEIGHTS) {
      worthwhile = true;
    }
  }

  /** Runs something in the background, after what is there already. */
  void submit(Runnable work) {
    background.execute(work);
  }

  /** Waits until everything that was asked for is done. */
  void awaitIdle() throws InterruptedException {
    while (background.getActiveCount() > 0 || !background.getQueue().isEmpty()) {
      Thread.sleep(1);
    }
  }

  /** Runs the vector code of a kernel until it is compiled. Call on the background thread only. */
  void bringUp(Switch kernel) {
    kernel.requested.set(true);
    if (kernel.hot) {
      return;
    }
    Trial trial = kernel.trial.get();
    double scalar = fastest(trial.scalar(), CALLS_PER_BATCH);
    long deadline = System.nanoTime() + LIMIT_NANOS;
    int fast = 0;
    for (int calls = 0; System.nanoTime() < deadline; calls += CALLS_PER_BATCH) {
      fast = time(trial.vector()) < scalar * COMPILED ? fast + 1 : 0;
      if (fast == FAST_BATCHES) {
        kernel.hot = true;
        return;
      }
      if (calls > CALLS_BEFORE_PAUSES && !pause()) {
        return;
      }
    }
    if (refused.compareAndSet(false, true)) {
      LOG.warn(
          "vector code of '{}' stays slow in this JVM: going on with scalar code", kernel.name);
    }
  }

  /** Leaves the processor to the compiler. */
  private static boolean pause() {
    try {
      Thread.sleep(1);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The fastest of some runs, in nanoseconds per batch. */
  static double fastest(Runnable work, int runs) {
    List<Double> times = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      times.add(time(work));
    }
    return times.stream().mapToDouble(t -> t).min().orElse(0);
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    for (int call = 0; call < CALLS_PER_BATCH; call++) {
      work.run();
    }
    return System.nanoTime() - start;
  }
}
