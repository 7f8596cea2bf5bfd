package dev.fovea.kernels.cpu.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Storage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryPoolTest {
  private static final int THREADS = 4;

  private final MemoryPool pool = new MemoryPool(DType.F32, 1 << 20);

  @Test
  void wastesLittle() {
    for (int size = 64; size < 1_000_000; size += size / 3 + 1) {
      long given = pool.allocate(size).size();
      assertTrue(given >= size && given <= size * 5L / 4, size + " became " + given);
    }
  }

  @Test
  void handsOutAgainWhatCameBack() {
    Storage first = pool.allocate(1000);
    Storage second = pool.allocate(1000);
    assertNotSame(first, second);
    pool.recycle(first);
    assertSame(first, pool.allocate(990));
  }

  @Test
  void keepsSizesApart() {
    Storage small = pool.allocate(100);
    pool.recycle(small);
    assertTrue(pool.allocate(1000).size() >= 1000);
  }

  @Test
  void givesDoublesForDoubles() {
    MemoryPool doubles = new MemoryPool(DType.F64, 1000);
    Storage storage = doubles.allocate(10);
    assertInstanceOf(Storage.Doubles.class, storage);
    doubles.recycle(storage);
    assertEquals(storage.size() * 8, doubles.idleBytes());
  }

  @Test
  void letsTheLongestUnusedSizeGoFirst() {
    MemoryPool bounded = new MemoryPool(DType.F32, 4 * 1024);
    Storage old = bounded.allocate(512);
    Storage young = bounded.allocate(256);
    Storage youngest = bounded.allocate(448);
    bounded.recycle(old);
    bounded.recycle(young);
    bounded.recycle(youngest);
    assertEquals(4 * (256 + 448), bounded.idleBytes());
    assertSame(young, bounded.allocate(256));
    assertNotSame(old, bounded.allocate(512));
  }

  @Test
  void doesNotKeepWhatIsLargerThanItsBound() {
    Storage large = pool.allocate(1 << 20);
    pool.recycle(large);
    assertEquals(0, pool.idleBytes());
  }

  @Test
  void forgetsAllWhenCleared() {
    pool.recycle(pool.allocate(1000));
    pool.clear();
    assertEquals(0, pool.idleBytes());
  }

  @Test
  void refusesMemoryOfOthers() {
    assertThrows(
        IllegalArgumentException.class, () -> pool.recycle(new Storage.Floats(new float[65])));
    assertThrows(
        IllegalArgumentException.class, () -> pool.recycle(new Storage.Doubles(new double[64])));
  }

  @Test
  void refusesWhatNoArrayCanHold() {
    assertEquals(
        "an activation of 3000000000 elements does not fit an array of at most 2147483639;"
            + " take a smaller batch",
        assertThrows(BadInputException.class, () -> pool.allocate(3_000_000_000L)).getMessage());
  }

  @Test
  void neverGivesTheSameMemoryToTwoThreads() throws Exception {
    Set<Storage> out =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    Storage storage = pool.allocate(64 << (i % 5));
                    assertTrue(out.add(storage), "given to two at once");
                    out.remove(storage);
                    pool.recycle(storage);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }
}
