package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of tables, read in their stored type. */
class GatherTest extends Conformance {
  private static final int PATTERNS = 1 << 16;
  private static final int COLUMNS = 256;

  @ParameterizedTest
  @EnumSource(Stored.class)
  void readsTablesOfEveryStoredType(Stored stored) {
    check(stored, Numbers.random(1, 11, 33), new int[] {10, 0, 3}, new int[] {3, 3, 9});
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyRowSize(int hidden) {
    check(Stored.F16, Numbers.random(1, 5, hidden), new int[] {4, 0, 3, 1});
  }

  @Test
  void takesNoIndices() {
    check(Stored.F32, Numbers.random(1, 5, 9));
    check(Stored.F32, Numbers.random(1, 5, 9), new int[0], new int[0]);
  }

  /** Half precision and bfloat16, decoded here from their sign, exponent and fraction. */
  @ParameterizedTest
  @CsvSource({"F16,10,15", "BF16,7,127"})
  void decodesEveryPattern(DType dtype, int fractionBits, int bias) {
    short[] patterns = new short[PATTERNS];
    for (int i = 0; i < PATTERNS; i++) {
      patterns[i] = (short) i;
    }
    Parameter table = Stored.patterns(dtype, COLUMNS, patterns);
    Output out = output(1, PATTERNS / COLUMNS, COLUMNS);
    subject.backend().gather(table, Indices.range(PATTERNS / COLUMNS), out.tensor());
    double[] actual = out.read();
    for (int i = 0; i < PATTERNS; i++) {
      double expected = decode(i, fractionBits, bias);
      int pattern = i;
      assertEquals(expected, actual[i], () -> dtype + " 0x" + Integer.toHexString(pattern));
    }
  }

  private static double decode(int pattern, int fractionBits, int bias) {
    double sign = (pattern & 0x8000) == 0 ? 1 : -1;
    int exponent = (pattern & 0x7fff) >>> fractionBits;
    double fraction = (pattern & ((1 << fractionBits) - 1)) * Math.pow(2, -fractionBits);
    if (exponent == 2 * bias + 1) {
      return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
    }
    return exponent == 0
        ? sign * fraction * Math.pow(2, 1 - bias)
        : sign * (1 + fraction) * Math.pow(2, exponent - bias);
  }

  private void check(Stored stored, Numbers table, int[]... rows) {
    Indices indices = Indices.ofRows(List.of(rows));
    int hidden = table.dim(1);
    Output out = output(indices.batch(), indices.length(), hidden);
    subject.backend().gather(stored.parameter("table", table), indices, out.tensor());
    Numbers expected = Numbers.filled(0, indices.batch(), indices.length(), hidden);
    for (int i = 0; i < expected.values().length; i++) {
      expected.values()[i] = stored.exact(table).get(indices.values()[i / hidden], i % hidden);
    }
    out.check(expected, expected.map(v -> 0));
  }
}
