package dev.fovea.models.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.tensor.Indices;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The token that stands for a text")
class TextPoolingTest {
  private static final Indices IDS =
      Indices.ofRows(List.of(new int[] {5, 3, 9, 9, 0}, new int[] {9, 1, 7, 2, 7}));

  @Test
  void isTheFirstOfTheHighestWhereAConfigurationSaysTwo() {
    assertEquals(new TextPooling.HighestId(), TextPooling.byEosTokenId(2));
    assertArrayEquals(new int[] {2, 0}, new TextPooling.HighestId().positions(IDS));
  }

  @Test
  void isTheFirstEndTokenOtherwise() {
    assertEquals(new TextPooling.FirstOf(7), TextPooling.byEosTokenId(7));
    assertArrayEquals(new int[] {2, 0}, new TextPooling.FirstOf(9).positions(IDS));
  }

  @Test
  void isTheFirstOfAllWhereTheEndTokenIsMissing() {
    assertArrayEquals(new int[] {0, 2}, new TextPooling.FirstOf(7).positions(IDS));
  }

  @Test
  void canBeTheFirstOrTheLast() {
    assertArrayEquals(new int[] {0, 0}, new TextPooling.First().positions(IDS));
    assertArrayEquals(new int[] {4, 4}, new TextPooling.Last().positions(IDS));
  }
}
