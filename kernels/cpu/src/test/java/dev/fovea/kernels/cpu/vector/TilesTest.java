package dev.fovea.kernels.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles of every width give the bits of plain loops. */
class TilesTest {
  private static final int PANEL = Tiles.PANEL;

  /** Where a tile puts its rows: neighbouring panels, and panels apart. */
  private record Target(int offset, int rowStep, int panelStep) {}

  static Stream<Tiles> all() {
    return Stream.of(new ScalarTiles(), new Tiles512(), new Tiles256(), new Tiles128());
  }

  @ParameterizedTest
  @MethodSource("all")
  void addsTermsInOrder(Tiles tiles) {
    for (int depth : new int[] {1, 2, 7, 64}) {
      for (int rows = 1; rows <= tiles.mostByRows(); rows++) {
        check(tiles, false, rows, depth, new Target(5, 41, PANEL));
      }
      for (int rows = 1; rows <= tiles.mostByColumns(); rows++) {
        check(tiles, true, rows, depth, new Target(5, 41, PANEL));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void putsItsHalvesApart(Tiles tiles) {
    check(tiles, false, 4, 9, new Target(3, PANEL, 100));
    check(tiles, true, 4, 9, new Target(3, PANEL, 100));
  }

  private static void check(Tiles tiles, boolean byColumns, int rows, int depth, Target target) {
    int aStep = byColumns ? rows + 3 : depth + 3;
    float[] a = random(1, 11 + aStep * (byColumns ? depth : rows));
    float[] b = random(2, 13 + 2 * depth * PANEL + 7);
    int bPanel = depth * PANEL + 7;
    float[] c = random(3, 1000);
    for (boolean first : new boolean[] {true, false}) {
      float[] expected = c.clone();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < Tiles.WIDTH; j++) {
          int at = target.offset + i * target.rowStep + j / PANEL * target.panelStep + j % PANEL;
          float sum = first ? 0 : c[at];
          for (int k = 0; k < depth; k++) {
            float x = a[11 + (byColumns ? k * aStep + i : i * aStep + k)];
            sum = Math.fma(x, b[13 + j / PANEL * bPanel + k * PANEL + j % PANEL], sum);
          }
          expected[at] = sum;
        }
      }
      float[] actual = c.clone();
      if (byColumns) {
        tiles.byColumns(
            rows,
            depth,
            a,
            11,
            aStep,
            b,
            13,
            bPanel,
            actual,
            target.offset,
            target.rowStep,
            target.panelStep,
            first);
      } else {
        tiles.byRows(
            rows,
            depth,
            a,
            11,
            aStep,
            b,
            13,
            bPanel,
            actual,
            target.offset,
            target.rowStep,
            target.panelStep,
            first);
      }
      assertArrayEquals(
          expected,
          actual,
          () -> "%d rows, depth %d, by columns %s".formatted(rows, depth, byColumns));
    }
  }

  private static float[] random(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
