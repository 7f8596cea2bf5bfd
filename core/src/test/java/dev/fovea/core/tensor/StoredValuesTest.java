package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class StoredValuesTest {
  private static final double THIRD = 1 / 3.0;

  @Test
  void readsAnyAddress() {
    MemorySegment segment = Arena.ofAuto().allocate(13).asSlice(1, 12);
    ValueLayout.OfFloat layout =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 3; i++) {
      segment.set(layout, 4L * i, i + 0.5f);
    }
    Storage stored = new Storage.Mapped(DType.F32, segment);
    assertArrayEquals(new float[] {0.5f, 1.5f, 2.5f}, StoredValues.toFloats(stored));
    double[] doubles = new double[4];
    StoredValues.toDoubles(stored, 1, doubles, 2, 2);
    assertArrayEquals(new double[] {0, 0, 1.5, 2.5}, doubles);
  }

  @Test
  void keepsDoublesExactUnlessFloatsAreAskedFor() {
    MemorySegment segment = Arena.ofAuto().allocate(8);
    segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0, THIRD);
    for (Storage stored :
        new Storage[] {
          new Storage.Mapped(DType.F64, segment), new Storage.Doubles(new double[] {THIRD})
        }) {
      double[] exact = new double[1];
      StoredValues.toDoubles(stored, 0, exact, 0, 1);
      assertEquals(THIRD, exact[0]);
      assertEquals((float) THIRD, StoredValues.toFloats(stored)[0]);
    }
  }

  @Test
  void copiesHeapValues() {
    float[] array = {1, 2, 3};
    float[] copy = StoredValues.toFloats(new Storage.Floats(array));
    copy[0] = 9;
    assertEquals(1, array[0]);
  }

  @Test
  void refusesIntegers() {
    Storage stored = new Storage.Mapped(DType.I64, Arena.ofAuto().allocate(8));
    assertEquals(
        "I64 is no float type",
        assertThrows(IllegalArgumentException.class, () -> StoredValues.toFloats(stored))
            .getMessage());
  }
}
