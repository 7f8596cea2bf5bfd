package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(strings = {"classify", "embed", "inspect", "verify", "doctor"})
  void everyCommandExplainsItself(String command) {
    Run run = Run.fovea(command, "--help");

    assertEquals(0, run.code());
    assertTrue(run.out().startsWith("Usage: fovea " + command), run.out());
    assertTrue(run.out().contains("--json"), run.out());
    assertEquals(run.out(), Run.fovea("help", command).out());
  }

  @Test
  void withoutACommandListsThem() {
    Run run = Run.fovea();

    assertEquals(2, run.code());
    assertTrue(run.err().contains("classify"), run.err());
  }

  @Test
  void tellsItsVersion() {
    assertTrue(Run.fovea("--version").out().startsWith("fovea "));
  }
}
