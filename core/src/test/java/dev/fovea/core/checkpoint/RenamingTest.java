package dev.fovea.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenamingTest {
  @ParameterizedTest
  @CsvSource({
    "a.b, x.y, a.b, x.y",
    "layers.*.w, blocks.*.v, layers.12.w, blocks.12.v",
    "*.w.*, *.v.*, a.w.b, a.v.b",
    "a.**, b.**, a.c.d.e, b.c.d.e",
    "**, text.**, a.b, text.a.b",
    "a.**, **, a.b.c, b.c",
    "*.x.**, *.y.**, 3.x.p.q, 3.y.p.q",
    "w$1.*, v$1.*, w$1.a, v$1.a",
  })
  void wildcardsCarryOverInOrder(String from, String to, String name, String renamed) {
    assertEquals(Optional.of(renamed), Renaming.of(from, to).apply(name));
  }

  @ParameterizedTest
  @CsvSource({"a.b, a.bc", "layers.*.w, layers.1.2.w", "layers.*.w, layers..w", "a.b, aXb"})
  void aNameThatDoesNotFitIsLeft(String from, String name) {
    String to = from.contains("*") ? "x.*" : "x";
    assertEquals(Optional.empty(), Renaming.of(from, to).apply(name));
  }

  @Test
  void bothSidesNeedTheSameWildcards() {
    assertThrows(IllegalArgumentException.class, () -> Renaming.of("a.*", "b"));
    assertThrows(IllegalArgumentException.class, () -> Renaming.of("a.*", "b.**"));
    assertThrows(IllegalArgumentException.class, () -> Renaming.of("a", "b.*"));
  }
}
