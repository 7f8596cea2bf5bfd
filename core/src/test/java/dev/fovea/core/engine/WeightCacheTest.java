package dev.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeightCacheTest {
  private static final int THREADS = 8;
  private static final long PATIENCE_SECONDS = 60;

  private final ConcurrentHashMap<String, AtomicInteger> makings = new ConcurrentHashMap<>();

  @Test
  void makesAFormOnce() {
    WeightCache<float[]> cache = cache(1000);
    Parameter p = parameter("p", 10);
    assertSame(cache.get(p), cache.get(p));
    assertEquals(1, makings("p"));
  }

  @Test
  void tellsParametersApartByIdentity() {
    WeightCache<float[]> cache = cache(1000);
    assertNotSame(cache.get(parameter("same", 10)), cache.get(parameter("same", 10)));
  }

  @Test
  void dropsTheLeastRecentlyUsedBeyondItsBudget() {
    WeightCache<float[]> cache = cache(30);
    Parameter a = parameter("a", 10);
    Parameter b = parameter("b", 10);
    Parameter c = parameter("c", 10);
    cache.get(a);
    cache.get(b);
    cache.get(c);
    cache.get(a);
    cache.get(parameter("d", 10));
    cache.get(a);
    cache.get(c);
    assertEquals(1, makings("a"));
    assertEquals(1, makings("c"));
    assertEquals(30, cache.used());
    cache.get(b);
    assertEquals(2, makings("b"));
  }

  @Test
  void keepsTheNewestHoweverLarge() {
    WeightCache<float[]> cache = cache(30);
    cache.get(parameter("small", 10));
    Parameter large = parameter("large", 100);
    cache.get(large);
    cache.get(large);
    assertEquals(1, makings("large"));
    assertEquals(100, cache.used());
    cache.get(parameter("small", 10));
    assertEquals(10, cache.used());
  }

  @Test
  void triesAgainAfterAFailure() {
    AtomicInteger attempts = new AtomicInteger();
    WeightCache<String> cache =
        new WeightCache<>(
            p -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
              }
              return "made";
            },
            s -> 1,
            10);
    Parameter p = parameter("p", 1);
    assertThrows(IllegalStateException.class, () -> cache.get(p));
    assertEquals("made", cache.get(p));
    assertEquals(1, cache.used());
  }

  @Test
  void forgetsOnRequest() {
    WeightCache<float[]> cache = cache(1000);
    Parameter p = parameter("p", 10);
    cache.get(p);
    cache.get(parameter("q", 10));
    cache.remove(p);
    cache.remove(p);
    assertEquals(10, cache.used());
    cache.clear();
    assertEquals(0, cache.used());
    cache.get(p);
    assertEquals(2, makings("p"));
    assertEquals(10, cache.used());
  }

  @Test
  void makesAFormOnceForManyThreads() throws Exception {
    WeightCache<float[]> cache = cache(1000);
    Parameter p = parameter("p", 10);
    CountDownLatch together = new CountDownLatch(THREADS);
    List<float[]> results =
        onThreads(
            () -> {
              together.countDown();
              together.await();
              return cache.get(p);
            });
    results.forEach(result -> assertSame(results.getFirst(), result));
    assertEquals(1, makings("p"));
    assertEquals(10, cache.used());
  }

  @Test
  void servesOthersWhileOneIsMade() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    WeightCache<String> cache =
        new WeightCache<>(
            p -> {
              if (p.name().equals("slow")) {
                started.countDown();
                awaitQuietly(finish);
              }
              return p.name();
            },
            s -> 1,
            10);
    Parameter slow = parameter("slow", 1);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<String> pending = executor.submit(() -> cache.get(slow));
      started.await();
      assertEquals("quick", cache.get(parameter("quick", 1)));
      finish.countDown();
      assertEquals("slow", pending.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
  }

  @Test
  void staysWithinItsBudgetUnderManyThreads() throws Exception {
    WeightCache<float[]> cache = cache(50);
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      parameters.add(parameter("p" + i, 10));
    }
    List<Integer> wrong =
        onThreads(
            () -> {
              int failures = 0;
              for (int i = 0; i < 5000; i++) {
                Parameter p = parameters.get(i * 7 % parameters.size());
                failures += cache.get(p).length == 10 ? 0 : 1;
              }
              return failures;
            });
    assertEquals(0, wrong.stream().mapToInt(Integer::intValue).sum());
    assertEquals(50, cache.used());
  }

  private WeightCache<float[]> cache(long budget) {
    return new WeightCache<>(
        p -> {
          makings.computeIfAbsent(p.name(), name -> new AtomicInteger()).incrementAndGet();
          return p.toFloats();
        },
        form -> form.length,
        budget);
  }

  private int makings(String name) {
    return makings.getOrDefault(name, new AtomicInteger()).get();
  }

  private static <T> List<T> onThreads(Callable<T> work)
      throws InterruptedException, ExecutionException, TimeoutException {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(executor.submit(work));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Parameter parameter(String name, int size) {
    return Parameter.of(name, Shape.of(size), new float[size]);
  }
}
