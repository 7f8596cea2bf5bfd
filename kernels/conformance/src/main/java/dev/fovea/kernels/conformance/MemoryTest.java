package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a backend says of itself, and its memory. */
class MemoryTest extends Conformance {
  @Test
  void describesItself() {
    assertFalse(subject.backend().name().isBlank());
    assertTrue(subject.backend().describe().contains(subject.backend().name()));
    assertTrue(subject.backend().threads() >= 1);
  }

  @ParameterizedTest
  @MethodSource("tails")
  void allocatesWhatIsAskedFor(int size) {
    Storage storage = subject.backend().allocate(size);
    assertTrue(storage.size() >= size);
    assertEquals(subject.backend().computeType(), storage.dtype());
  }

  @Test
  void allocatesNothing() {
    Storage storage = subject.backend().allocate(0);
    subject.backend().recycle(storage);
    assertTrue(storage.size() >= 0);
  }

  @Test
  void handsOutMemoryOnlyOnce() {
    List<Storage> live = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int size = 1; size < 3000; size += 97) {
        Storage fresh = subject.backend().allocate(size);
        live.forEach(other -> assertNotSame(other, fresh));
        live.add(fresh);
      }
      while (live.size() > 10) {
        subject.backend().recycle(live.removeLast());
      }
    }
  }

  @Test
  void writesWhereItIsTold() {
    Storage storage = subject.backend().allocate(9);
    subject.backend().write(new float[9], storage, 0);
    subject.backend().write(new float[] {1, 2, 3}, storage, 4);
    Tensor all = subject.view(storage, 0, new int[] {9}, 1);
    assertArrayEquals(new float[] {0, 0, 0, 0, 1, 2, 3, 0, 0}, subject.backend().read(all));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void readsViewsRowMajor(Layout layout) {
    Numbers x = Numbers.random(1, 3, 4, 5);
    float[] values = subject.backend().read(input(x, layout));
    for (int i = 0; i < values.length; i++) {
      assertEquals(x.values()[i], values[i]);
    }
  }

  @Test
  void readsRepeatedElements() {
    Numbers x = Numbers.row(1, 2).as(2, 1);
    assertArrayEquals(new float[] {1, 1, 1, 2, 2, 2}, subject.backend().read(repeated(x, 2, 3)));
  }

  @ParameterizedTest
  @EnumSource(Stored.class)
  void widensParametersOfEveryStoredType(Stored stored) {
    Numbers x = Numbers.random(1, 67);
    Storage storage = subject.backend().widen(stored.parameter("p", x));
    assertEquals(subject.backend().computeType(), storage.dtype());
    double[] values = subject.read(storage, 67);
    for (int i = 0; i < values.length; i++) {
      assertEquals(stored.exact(x).values()[i], values[i]);
    }
  }
}
