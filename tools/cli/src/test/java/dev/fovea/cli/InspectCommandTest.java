package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InspectCommandTest {
  @Test
  void countsTheShippedModel() {
    JsonNode node = Run.fovea("inspect", "--json").json().getFirst();

    assertEquals("clip", node.path("family").asString());
    assertEquals(6_127_489, node.path("parameters").path("total").asLong());
    long parts = 0;
    for (JsonNode part : node.path("parameters").path("parts")) {
      parts += part.asLong();
    }
    assertEquals(6_127_489, parts);
    assertEquals(2 * 6_127_489, node.path("weightBytes").path("f16").asLong());
  }

  @Test
  void needsNoWeights(@TempDir Path folder) throws java.io.IOException {
    Files.copy(Path.of(Data.model("clip-quickgelu"), "config.json"), folder.resolve("config.json"));
    JsonNode bare = Run.fovea("inspect", folder.toString(), "--json").json().getFirst();
    JsonNode whole = Run.fovea("inspect", Data.model("clip-quickgelu"), "--json").json().getFirst();

    assertEquals(whole.toString(), bare.toString());
  }

  @Test
  void listsTheTensorsOfTheFiles() {
    Run run = Run.fovea("inspect", Data.model("clip-quickgelu"), "--tensors", "--json");

    long elements = 0;
    for (JsonNode tensor : run.json().getFirst().path("tensors")) {
      long product = 1;
      for (JsonNode size : tensor.path("shape")) {
        product *= size.asLong();
      }
      elements += tensor.path("name").asString().endsWith("position_ids") ? 0 : product;
    }
    assertEquals(run.json().getFirst().path("parameters").path("total").asLong(), elements);
  }

  @Test
  void speaksToPeople() {
    Run run = Run.fovea("inspect");

    assertTrue(run.out().contains("6,127,489"), run.out());
    assertTrue(run.out().contains("GFLOP"), run.out());
  }

  @Test
  void findsAModelInTheHuggingFaceCache(@TempDir Path hub) throws java.io.IOException {
    Path repository = hub.resolve("models--org--name");
    Path snapshot = repository.resolve("snapshots/0123abc");
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs/main"), "0123abc");
    Data.copyFolder(Data.model("clip-quickgelu"), snapshot);

    Run run = new Run.Setup().huggingFace(hub).run("inspect", "org/name", "--json");

    assertEquals(Run.fovea("inspect", Data.model("clip-quickgelu"), "--json").out(), run.out());
  }
}
