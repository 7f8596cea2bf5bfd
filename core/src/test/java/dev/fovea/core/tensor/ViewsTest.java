package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.backend.HeapBackend;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private final HeapBackend memory = new HeapBackend();
  private final Engine engine = Engine.over(memory);
  private final Session session = engine.newSession();

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  @Test
  void reshapingKeepsTheOrder() {
    Tensor x = counted(2, 6).reshape(3, -1);
    assertEquals(Shape.of(3, 4), x.shape());
    assertArrayEquals(new float[] {4, 5, 6, 7}, x.select(0, 1).toFloats());
  }

  @Test
  void reshapingWhatIsContiguousCopiesNothing() {
    Tensor x = counted(2, 6);
    assertSame(x.storage(), x.reshape(12).storage());
  }

  @Test
  void reshapingAViewTakesItsElements() {
    assertArrayEquals(
        new float[] {1, 2, 4, 5}, counted(2, 3).narrow(1, 1, 2).reshape(4).toFloats());
  }

  @Test
  void reshapesNothing() {
    assertEquals(Shape.of(3, 0), counted(0, 5).reshape(3, -1).shape());
    assertRefused("cannot reshape [0, 5] to [-1, 0]", () -> counted(0, 5).reshape(-1, 0));
  }

  @Test
  void reshapingKeepsTheNumberOfElements() {
    assertRefused("cannot reshape [2, 6] to [5, -1]", () -> counted(2, 6).reshape(5, -1));
    assertRefused("cannot reshape [2, 6] to [13]", () -> counted(2, 6).reshape(13));
    assertRefused("cannot reshape [2, 6] to [-1, -1]", () -> counted(2, 6).reshape(-1, -1));
    assertRefused("cannot reshape [2, 6] to [-2, -6]", () -> counted(2, 6).reshape(-2, -6));
  }

  @Test
  void permutingOuterDimensionsCopiesNothing() {
    Tensor x = counted(2, 3, 4);
    Tensor y = x.permute(1, 0, 2);
    assertSame(x.storage(), y.storage());
    assertArrayEquals(new float[] {16, 17, 18, 19}, y.select(0, 1).select(0, 1).toFloats());
  }

  @Test
  void permutingTheInnermostDimensionCopies() {
    Tensor y = counted(2, 3).permute(1, 0);
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, y.toFloats());
    assertEquals(1, y.stride(-1));
  }

  @Test
  void permutingTakesEachDimensionOnce() {
    assertRefused(
        "[0, 0] is no order of the dimensions of [2, 3]", () -> counted(2, 3).permute(0, 0));
    assertRefused("[1] is no order of the dimensions of [2, 3]", () -> counted(2, 3).permute(1));
  }

  @Test
  void narrowingTakesARange() {
    assertArrayEquals(new float[] {2, 5}, counted(2, 3).narrow(-1, 2, 1).toFloats());
    assertArrayEquals(new float[] {3, 4, 5}, counted(2, 3).narrow(0, 1, 1).toFloats());
    assertEquals(Shape.of(2, 0), counted(2, 3).narrow(1, 3, 0).shape());
  }

  @Test
  void narrowingStaysInside() {
    assertRefused("range 2+2 of dimension 1 in [2, 3]", () -> counted(2, 3).narrow(1, 2, 2));
    assertRefused("range -1+1 of dimension 1 in [2, 3]", () -> counted(2, 3).narrow(1, -1, 1));
    assertRefused(
        "range 2147483647+2 of dimension 1 in [2, 3]",
        () -> counted(2, 3).narrow(1, Integer.MAX_VALUE, 2));
    assertRefused("no dimension 2 in shape [2, 3]", () -> counted(2, 3).narrow(2, 0, 1));
  }

  @Test
  void selectingRemovesADimension() {
    assertArrayEquals(new float[] {1, 4}, counted(2, 3).select(1, 1).toFloats());
    assertArrayEquals(new float[] {3, 4, 5}, counted(2, 3).select(0, 1).toFloats());
    assertEquals(Shape.of(), counted(3).select(0, 2).shape());
    assertArrayEquals(new float[] {2}, counted(3).select(0, 2).toFloats());
  }

  @Test
  void selectingAColumnOfOneCopiesNothing() {
    Tensor x = counted(4, 1);
    assertSame(x.storage(), x.select(-1, 0).storage());
  }

  @Test
  void broadcastingRepeatsWithoutACopy() {
    Tensor x = counted(3, 1);
    Tensor y = x.broadcastTo(Shape.of(2, 3, 4));
    assertSame(x.storage(), y.storage());
    assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2}, y.select(0, 1).toFloats());
  }

  @Test
  void broadcastingRepeatsOnlySizesOfOne() {
    assertRefused(
        "cannot broadcast [2, 3] to [4, 3]", () -> counted(2, 3).broadcastTo(Shape.of(4, 3)));
    assertRefused("cannot broadcast [2, 3] to [3]", () -> counted(2, 3).broadcastTo(Shape.of(3)));
  }

  @Test
  void addingBroadcastsBothSides() {
    Tensor sum = counted(3, 1).plus(counted(2, 1, 2).times(10));
    assertEquals(Shape.of(2, 3, 2), sum.shape());
    assertArrayEquals(new float[] {20, 30, 21, 31, 22, 32}, sum.select(0, 1).toFloats());
    assertRefused("cannot broadcast [3] with [2]", () -> counted(3).plus(counted(2)));
  }

  @Test
  void joinsAlongAnyDimension() {
    assertArrayEquals(
        new float[] {0, 1, 2, 0, 1, 2, 3, 4, 5},
        Tensor.concat(0, counted(1, 3), counted(2, 3)).toFloats());
    assertArrayEquals(
        new float[] {0, 0, 1, 1, 2, 3}, Tensor.concat(-1, counted(2, 1), counted(2, 2)).toFloats());
  }

  @Test
  void joinsViewsAndNothing() {
    assertArrayEquals(
        new float[] {1, 3, 0, 2},
        Tensor.concat(0, counted(2, 2).select(1, 1), counted(0), counted(2, 2).select(1, 0))
            .toFloats());
  }

  @Test
  void joinsOnlyWhatFits() {
    assertRefused(
        "cannot join [2, 3] and [2, 4] along dimension 0",
        () -> Tensor.concat(0, counted(2, 3), counted(2, 4)));
    assertRefused(
        "cannot join [2, 3] and [3] along dimension 0",
        () -> Tensor.concat(0, counted(2, 3), counted(3)));
    assertRefused(
        "cannot join [3] and [2, 3] along dimension 0",
        () -> Tensor.concat(0, counted(3), counted(2, 3)));
    assertRefused("nothing to join", () -> Tensor.concat(0));
  }

  /** Whatever views are stacked, backends get what their contract promises, and the elements. */
  @RepeatedTest(200)
  void anyChainOfViewsIsReadable(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    Tensor x = counted(2, 3, 1, 4);
    for (int step = 0; step < 6; step++) {
      float[] before = x.toFloats();
      Tensor y = randomView(x, random);
      HeapBackend.assertReadable(y);
      assertArrayEquals(y.toFloats(), y.times(1).toFloats());
      assertArrayEquals(y.toFloats(), y.contiguous().toFloats());
      assertArrayEquals(before, x.toFloats());
      x = y;
    }
  }

  private static Tensor randomView(Tensor x, SplittableRandom random) {
    if (x.rank() == 0) {
      return x.broadcastTo(Shape.of(2, 3));
    }
    int axis = random.nextInt(x.rank());
    return switch (random.nextInt(5)) {
      case 0 -> x.permute(shuffled(x.rank(), random));
      case 1 -> x.select(axis, random.nextInt(x.dim(axis)));
      case 2 -> x.narrow(axis, x.dim(axis) / 2, x.dim(axis) - x.dim(axis) / 2);
      case 3 -> x.reshape(x.dim(0), -1, 1);
      default -> x.narrow(axis, 0, 1).broadcastTo(x.shape().with(axis, 3));
    };
  }

  private static int[] shuffled(int rank, SplittableRandom random) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static void assertRefused(String message, Supplier<Tensor> operation) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, operation::get).getMessage());
  }

  /** The numbers from 0 on. */
  private Tensor counted(int... dims) {
    float[] values = new float[Math.toIntExact(Shape.of(dims).elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return session.tensor(values, dims);
  }
}
