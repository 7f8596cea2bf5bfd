package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DoctorCommandTest {
  @Test
  void triesEveryBackend() {
    Run run = Run.fovea("doctor", "--no-speed", "--json");

    assertEquals(0, run.code(), run.err());
    JsonNode backends = run.json().getFirst().path("backends");
    assertTrue(backends.size() >= 1, run.out());
    for (JsonNode backend : backends) {
      assertTrue(backend.path("usable").asBoolean(), run.out());
      assertTrue(backend.path("selfTest").asBoolean(), run.out());
    }
  }

  @Test
  void saysWhereModelsAreLookedFor(@TempDir Path hub) throws java.io.IOException {
    Files.createDirectories(hub.resolve("models--org--a--b"));
    Run run = new Run.Setup().huggingFace(hub).run("doctor", "--no-speed");

    assertTrue(run.out().contains(hub.toString()), run.out());
    assertTrue(run.out().contains("org/a--b"), run.out());
    assertTrue(run.out().contains("fovea-emoji-clip"), run.out());
  }
}
