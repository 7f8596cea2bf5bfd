package dev.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.backend.HeapBackend;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final int SIZE = 10;

  private final HeapBackend memory = new HeapBackend();
  private final Engine engine = Engine.over(memory);
  private final Session session = engine.newSession();

  @AfterEach
  void everythingIsGivenBack() {
    session.close();
    engine.close();
    assertEquals(0, memory.liveElements());
  }

  @Test
  void aScopeKeepsOnlyItsResult() {
    Tensor x = ones();
    Tensor y = x.scoped(h -> h.plus(1).plus(1).plus(1));
    assertEquals(2 * SIZE, memory.liveElements());
    assertEquals(4, y.toFloats()[0]);
  }

  @Test
  void aScopeKeepsTheMemoryOfAResultThatIsAView() {
    Tensor x = ones();
    Tensor y = x.scoped(h -> h.plus(1).narrow(0, 3, 2));
    assertArrayEquals(new float[] {2, 2}, y.toFloats());
    assertEquals(2 * SIZE, memory.liveElements());
  }

  @Test
  void aScopeMayReturnWhatItWasGiven() {
    Tensor x = ones();
    Tensor y =
        x.scoped(
            h -> {
              h.plus(1);
              return h;
            });
    assertEquals(1, y.toFloats()[0]);
    assertEquals(SIZE, memory.liveElements());
  }

  @Test
  void aResultThatLeavesTwoScopesLivesInTheOutermost() {
    Tensor x = ones();
    Tensor y = x.scoped(h -> h.scoped(g -> g.plus(1)));
    assertEquals(2, y.toFloats()[0]);
    assertEquals(2 * SIZE, memory.liveElements());
  }

  @Test
  void aScopeThatFailsGivesItsMemoryBack() {
    Tensor x = ones();
    assertThrows(
        ArithmeticException.class,
        () ->
            x.scoped(
                h -> {
                  h.plus(1);
                  throw new ArithmeticException("on the way");
                }));
    assertEquals(SIZE, memory.liveElements());
    assertEquals(2, x.plus(1).toFloats()[0]);
  }

  @Test
  void aDeepStackNeedsNoMoreMemoryThanAShallowOne() {
    long shallow = peakOfStack(3);
    assertEquals(shallow, peakOfStack(30));
  }

  @Test
  void aStackRunsItsLayersInOrder() {
    Tensor y = session.stack(List.of(2.0, 10.0, 0.5), ones(), (layer, h) -> h.times(layer).plus(1));
    assertEquals(16.5f, y.toFloats()[0]);
    assertEquals(2 * SIZE, memory.liveElements());
  }

  @Test
  void aStackLeavesItsInputAlone() {
    Tensor x = ones();
    session.stack(List.of(2.0, 10.0), x, (layer, h) -> h.times(layer));
    assertEquals(1, x.toFloats()[0]);
  }

  @Test
  void aStackOfNothingGivesItsInput() {
    Tensor x = ones();
    assertEquals(x, session.stack(List.<String>of(), x, (layer, h) -> h));
  }

  @Test
  void aStackOfViewsKeepsTheirMemory() {
    Tensor y = session.stack(List.of(5, 2), ones().plus(1), (size, h) -> h.narrow(0, 1, size));
    assertEquals(2, y.toFloats()[0]);
  }

  @Test
  void parametersBelongToTheEngine() {
    Parameter parameter = Parameter.of("p", Shape.of(2), new float[] {3, 4});
    Tensor weight = session.weight(parameter);
    assertArrayEquals(new float[] {3, 4}, weight.toFloats());
    assertEquals(weight.storage(), session.weight(parameter).storage());
    assertEquals(0, memory.liveElements());
  }

  @Test
  void aSecondThreadIsRefused() throws InterruptedException {
    Tensor x = ones();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread other = new Thread(() -> x.plus(1), "other");
    other.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    other.start();
    other.join();
    Throwable e = thrown.get();
    assertNotNull(e);
    assertEquals(IllegalStateException.class, e.getClass());
    assertEquals(
        "this session belongs to thread '%s'; thread 'other' needs one of its own"
            .formatted(Thread.currentThread().getName()),
        e.getMessage());
  }

  @Test
  void aClosedSessionRefusesToWork() {
    Tensor x = ones();
    session.close();
    assertEquals(
        "this session is closed",
        assertThrows(IllegalStateException.class, () -> x.plus(1)).getMessage());
    assertThrows(IllegalStateException.class, x::toFloats);
    assertThrows(IllegalStateException.class, () -> session.allocate(Shape.of(1)));
  }

  @Test
  void closingTwiceDoesNoHarm() {
    ones();
    session.close();
    session.close();
    assertEquals(0, memory.liveElements());
  }

  @Test
  void anEngineWithAnOpenSessionRefusesToClose() {
    assertEquals(
        "this engine still has open sessions: 1",
        assertThrows(IllegalStateException.class, engine::close).getMessage());
  }

  @Test
  void aClosedEngineGivesNoSessions() {
    session.close();
    engine.close();
    assertEquals(
        "this engine is closed",
        assertThrows(IllegalStateException.class, engine::newSession).getMessage());
  }

  @Test
  void valuesMustFillTheShape() {
    assertEquals(
        "3 values for [2, 2]",
        assertThrows(IllegalArgumentException.class, () -> session.tensor(new float[3], 2, 2))
            .getMessage());
  }

  @Test
  void indicesMustLieWithinTheTable() {
    Parameter table = Parameter.of("embeddings.weight", Shape.of(4, 2), new float[8]);
    Indices indices = new Indices(1, 2, new int[] {0, 4});
    assertEquals(
        "index 4 is outside embeddings.weight F32 [4, 2]",
        assertThrows(IllegalArgumentException.class, () -> session.gather(table, indices))
            .getMessage());
  }

  private long peakOfStack(int depth) {
    HeapBackend backend = new HeapBackend();
    try (Engine own = Engine.over(backend);
        Session run = own.newSession()) {
      Tensor x = run.allocate(Shape.of(SIZE));
      run.stack(Collections.nCopies(depth, 1.5), x, (layer, h) -> h.times(layer).plus(1).plus(2));
      return backend.peakElements();
    }
  }

  private Tensor ones() {
    float[] values = new float[SIZE];
    Arrays.fill(values, 1);
    return session.tensor(values, SIZE);
  }
}
