package dev.fovea.kernels.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static final int PATIENCE_SECONDS = 60;

  @Test
  void runsEveryChunkOnce() {
    try (Workers workers = new Workers(4)) {
      for (int chunks = 0; chunks < 200; chunks++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(chunks);
        workers.run(chunks, (chunk, scratch) -> runs.incrementAndGet(chunk));
        for (int chunk = 0; chunk < chunks; chunk++) {
          assertEquals(1, runs.get(chunk));
        }
      }
    }
  }

  @Test
  void sharesWorkAmongThreads() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      CountDownLatch together = new CountDownLatch(3);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      workers.run(
          3,
          (chunk, scratch) -> {
            threads.add(Thread.currentThread());
            together.countDown();
            await(together);
          });
      assertEquals(3, threads.size());
      assertTrue(threads.contains(Thread.currentThread()));
    }
  }

  @Test
  void takesManyCallersAtOnce() throws Exception {
    int callers = 50;
    try (Workers workers = new Workers(3);
        var executor = Executors.newFixedThreadPool(callers)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        all.add(
            executor.submit(
                () -> {
                  AtomicIntegerArray runs = new AtomicIntegerArray(17);
                  for (int round = 0; round < 100; round++) {
                    workers.run(17, (chunk, scratch) -> runs.incrementAndGet(chunk));
                  }
                  int total = 0;
                  for (int chunk = 0; chunk < 17; chunk++) {
                    total += runs.get(chunk);
                  }
                  return total;
                }));
      }
      for (Future<Integer> one : all) {
        assertEquals(1700, one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void anOperationMayRunAnother() {
    try (Workers workers = new Workers(3)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(5);
      workers.run(
          5,
          (outer, scratch) -> workers.run(7, (inner, innerScratch) -> runs.incrementAndGet(outer)));
      for (int outer = 0; outer < 5; outer++) {
        assertEquals(7, runs.get(outer));
      }
    }
  }

  @Test
  void passesFailuresToTheCallerAndGoesOn() {
    try (Workers workers = new Workers(3)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  workers.run(
                      20,
                      (chunk, scratch) -> {
                        if (chunk == 11) {
                          throw new IllegalArgumentException("eleven");
                        }
                      }));
      assertEquals("eleven", e.getMessage());
      AtomicIntegerArray runs = new AtomicIntegerArray(9);
      workers.run(9, (chunk, scratch) -> runs.incrementAndGet(chunk));
      assertEquals(1, runs.get(8));
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Workers workers = new Workers(3);
    CountDownLatch together = new CountDownLatch(3);
    workers.run(
        3,
        (chunk, scratch) -> {
          threads.add(Thread.currentThread());
          together.countDown();
          await(together);
        });
    workers.close();
    threads.remove(Thread.currentThread());
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      assertEquals(Thread.State.TERMINATED, thread.getState());
    }
    assertThrows(IllegalStateException.class, () -> workers.run(1, (chunk, scratch) -> {}));
  }

  @Test
  void cutsOnlyWorkThatIsWorthIt() {
    try (Workers workers = new Workers(4)) {
      assertEquals(1, workers.chunks(1000, 20_000));
      assertEquals(4, workers.chunks(1000, 100_000));
      assertEquals(24, workers.chunks(1000, 1e9));
      assertEquals(5, workers.chunks(5, 1e9));
      assertEquals(0, workers.chunks(0, 0));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
