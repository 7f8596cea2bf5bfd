package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

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

  private static Parameter stored(DType dtype, short... bits) {
    MemorySegment segment = Arena.ofAuto().allocate(2L * bits.length);
    for (int i = 0; i < bits.length; i++) {
      segment.setAtIndex(LITTLE_ENDIAN_SHORT, i, bits[i]);
    }
    return new Parameter(
        "p", dtype, Shape.of(bits.length), Optional.of(new Storage.Mapped(dtype, segment)));
  }
}
