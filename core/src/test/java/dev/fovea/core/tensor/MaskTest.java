package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class MaskTest {
  @Test
  void noMaskHidesNothing() {
    assertEquals("###/###", drawn(Mask.none(), 0, 2, 3));
  }

  @Test
  void aCausalMaskHidesLaterKeys() {
    assertEquals("#../##./###", drawn(Mask.causal(0), 0, 3, 3));
    assertEquals("##./###", drawn(Mask.causal(1), 0, 2, 3));
    assertEquals("..../#...", drawn(Mask.causal(-1), 0, 2, 4));
  }

  @Test
  void paddingIsHiddenRowByRow() {
    Mask mask =
        Mask.padding(Indices.ofRows(List.of(new int[] {1, 1, 0}, new int[] {0, 1, 1})), false);
    assertEquals("##./##.", drawn(mask, 0, 2, 3));
    assertEquals(".##/.##", drawn(mask, 1, 2, 3));
  }

  @Test
  void paddingAndLaterKeysAreHiddenTogether() {
    Mask mask = Mask.padding(new Indices(1, 3, new int[] {0, 1, 1}), true);
    assertEquals(".../.#./.##", drawn(mask, 0, 3, 3));
  }

  @Test
  void paddingThatHidesNothingIsNoMask() {
    Indices full = new Indices(1, 3, new int[] {1, 1, 1});
    assertEquals(Mask.none(), Mask.padding(full, false));
    assertEquals(Mask.causal(0), Mask.padding(full, true));
  }

  @Test
  void rowsOfIndicesAreEquallyLong() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Indices.ofRows(List.of(new int[] {1}, new int[] {1, 2})));
    assertEquals(
        "3 values for [2, 2]",
        assertThrows(IllegalArgumentException.class, () -> new Indices(2, 2, new int[3]))
            .getMessage());
  }

  private static String drawn(Mask mask, int batch, int queries, int keys) {
    StringBuilder text = new StringBuilder();
    for (int query = 0; query < queries; query++) {
      text.append(query == 0 ? "" : "/");
      for (int key = 0; key < keys; key++) {
        text.append(mask.visible(batch, query, key) ? '#' : '.');
      }
    }
    return text.toString();
  }
}
