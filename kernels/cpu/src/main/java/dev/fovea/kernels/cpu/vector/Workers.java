package dev.fovea.kernels.cpu.vector;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that share one operation. An operation is a number of chunks, which the caller and any
 * free worker claim one by one; the caller only ever waits for chunks that a worker has begun, so
 * any number of callers may share the workers. Workers wait for the next operation awake for a
 * moment, then parked.
 */
final class Workers implements AutoCloseable {
  /** A part of an operation. */
  @FunctionalInterface
  interface Task {
    void run(int chunk, Scratch scratch);
  }

  private static final int CHUNKS_PER_THREAD = 6;
  private static final double NANOS_PER_CHUNK = 25_000;
  private static final long AWAKE_NANOS = 20_000;
  private static final int MOST_CALLERS = 32;

  private final int threads;
  private final AtomicReferenceArray<Operation> operations =
      new AtomicReferenceArray<>(MOST_CALLERS);
  private final ArrayDeque<Scratch> idleScratch = new ArrayDeque<>();
  private volatile Worker[] workers = {};
  private volatile boolean closed;

  Workers(int threads) {
    this.threads = threads;
  }

  int threads() {
    return threads;
  }

  /**
   * Into how many chunks to cut an operation.
   *
   * @param units parts that cannot be cut further
   * @param nanos what the whole takes one thread
   */
  int chunks(int units, double nanos) {
    if (threads == 1) {
      return Math.min(units, 1);
    }
    double worthwhile = Math.min(nanos / NANOS_PER_CHUNK, CHUNKS_PER_THREAD * threads);
    return Math.clamp((int) worthwhile, Math.min(units, 1), units);
  }

  /** The first unit of a chunk; that of the chunk after the last is the number of units. */
  static int start(int units, int chunks, int chunk) {
    return (int) ((long) units * chunk / chunks);
  }

  /** Runs all chunks and returns when the last is done. */
  void run(int chunks, Task task) {
    if (closed) {
      throw new IllegalStateException("this backend is closed");
    }
    Scratch scratch = borrow();
    try {
      if (chunks > 1 && threads > 1) {
        share(chunks, task, scratch);
      } else {
        for (int chunk = 0; chunk < chunks; chunk++) {
          task.run(chunk, scratch);
        }
      }
    } finally {
      giveBack(scratch);
    }
  }

  private void share(int chunks, Task task, Scratch scratch) {
    Operation operation = new Operation(chunks, task);
    int slot = 0;
    while (slot < MOST_CALLERS && !operations.compareAndSet(slot, null, operation)) {
      slot++;
    }
    if (slot < MOST_CALLERS) {
      wake(chunks - 1);
    }
    operation.work(scratch);
    if (slot < MOST_CALLERS) {
      operations.set(slot, null);
    }
    operation.await();
  }

  private void wake(int wanted) {
    Worker[] all = workers.length == 0 ? start() : workers;
    int woken = 0;
    for (int i = 0; i < all.length && woken < wanted; i++) {
      if (all[i].parked) {
        all[i].parked = false;
        LockSupport.unpark(all[i]);
      }
      woken++;
    }
  }

  private synchronized Worker[] start() {
    if (workers.length == 0 && !closed) {
      Worker[] started = new Worker[threads - 1];
      for (int i = 0; i < started.length; i++) {
        started[i] = new Worker(i + 1);
        started[i].start();
      }
      workers = started;
    }
    return workers;
  }

  private Scratch borrow() {
    synchronized (idleScratch) {
      Scratch idle = idleScratch.pollLast();
      return idle == null ? new Scratch() : idle;
    }
  }

  private void giveBack(Scratch scratch) {
    synchronized (idleScratch) {
      idleScratch.addLast(scratch);
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      for (Worker worker : workers) {
        LockSupport.unpark(worker);
      }
    }
  }

  /** What one caller wants done. */
  private static final class Operation {
    private final int chunks;
    private final Task task;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean callerParked;
    private volatile Throwable[] failures = {};

    Operation(int chunks, Task task) {
      this.chunks = chunks;
      this.task = task;
    }

    boolean hasWork() {
      return claimed.get() < chunks;
    }

    void work(Scratch scratch) {
      for (int chunk = claim(); chunk < chunks; chunk = claim()) {
        try {
          if (failures.length == 0) {
            task.run(chunk, scratch);
          }
        } catch (RuntimeException | Error e) {
          failures = new Throwable[] {e};
        } finally {
          if (done.incrementAndGet() == chunks && callerParked) {
            LockSupport.unpark(caller);
          }
        }
      }
    }

    private int claim() {
      return hasWork() ? claimed.getAndIncrement() : chunks;
    }

    void await() {
      long awakeUntil = System.nanoTime() + AWAKE_NANOS;
      while (done.get() < chunks) {
        if (System.nanoTime() < awakeUntil) {
          Thread.onSpinWait();
        } else {
          callerParked = true;
          if (done.get() < chunks) {
            LockSupport.park(this);
          }
        }
      }
      for (Throwable failure : failures) {
        if (failure instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) failure;
      }
    }
  }

  private final class Worker extends Thread {
    private final Scratch scratch = new Scratch();
    private volatile boolean parked;

    Worker(int number) {
      super("fovea-worker-" + number);
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!closed) {
        if (!work()) {
          idle();
        }
      }
    }

    private boolean work() {
      boolean worked = false;
      for (int slot = 0; slot < MOST_CALLERS; slot++) {
        Operation operation = operations.get(slot);
        if (operation != null && operation.hasWork()) {
          operation.work(scratch);
          worked = true;
        }
      }
      return worked;
    }

    private boolean anyWork() {
      for (int slot = 0; slot < MOST_CALLERS; slot++) {
        Operation operation = operations.get(slot);
        if (operation != null && operation.hasWork()) {
          return true;
        }
      }
      return false;
    }

    private void idle() {
      long awakeUntil = System.nanoTime() + AWAKE_NANOS;
      while (System.nanoTime() < awakeUntil) {
        if (closed || anyWork()) {
          return;
        }
        Thread.onSpinWait();
      }
      parked = true;
      if (!closed && !anyWork()) {
        LockSupport.park(this);
      }
      parked = false;
    }
  }
}
