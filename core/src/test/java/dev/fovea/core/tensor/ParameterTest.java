package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParameterTest {
  private static final ValueLayout.OfShort LITTLE_ENDIAN_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Test
  void halfPrecisionValuesWidenExactly() {
    assertArrayEquals(
        new float[] {1.5f, -2.0f}, stored(DType.F16, (short) 0x3e00, (short) 0xc000).toFloats());
    assertArrayEquals(
        new float[] {1.5f, -2.0f}, stored(DType.BF16, (short) 0x3fc0, (short) 0xc000).toFloats());
  }

  @Test
  void storageFitsTheShape() {
    assertEquals(
        "w: storage of 3 F32 for shape [2, 2] of F32",
        assertThrows(
                IllegalArgumentException.class,
                () -> Parameter.of("w", Shape.of(2, 2), new float[3]))
            .getMessage());
  }

  @Test
  void aTreeFromAConfigurationHasNoValues() {
    Parameter parameter = new Parameter("w", DType.BF16, Shape.of(2), Optional.empty());
    assertFalse(parameter.hasValues());
    assertEquals(
        "w: built from the configuration, without weights",
        assertThrows(IllegalStateException.class, parameter::storage).getMessage());
  }

  private static Parameter stored(DType dtype, short... bits) {
    MemorySegment segment = Arena.ofAuto().allocate(2L * bits.length);
    for (int i = 0; i < bits.length; i++) {
      segment.setAtIndex(LITTLE_ENDIAN_SHORT, i, bits[i]);
    }
    return new Parameter(
        "p", dtype, Shape.of(bits.length), Optional.of(new Storage.Mapped(dtype, segment)));
  }
}
