package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class VerifyCommandTest {
  @Test
  void listsEveryTensorOfOneCase() {
    Run run = Run.fovea("verify", Data.model("clip-quickgelu"));

    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.lines().getFirst().startsWith("pass  clip-quickgelu"), run.out());
    assertTrue(run.out().contains("logits_per_image"), run.out());
    assertTrue(run.out().contains("1 of 1 cases passed"), run.out());
  }

  @Test
  void givesEveryCheckToMachines() {
    JsonNode report = Run.fovea("verify", Data.model("clip-quickgelu"), "--json").json().getFirst();

    assertTrue(report.path("passed").asBoolean());
    assertEquals(report.path("recorded").asInt(), report.path("checked").asInt());
    assertEquals(report.path("recorded").asInt(), report.path("checks").size());
    for (JsonNode check : report.path("checks")) {
      assertTrue(check.path("passed").asBoolean());
      assertTrue(check.path("maxAbsoluteError").asDouble() <= check.path("tolerance").asDouble());
    }
  }

  @Test
  void findsTheCasesInAFolder(@TempDir Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("images"), Path.of(Data.picture("")).toAbsolutePath());
    for (String name : new String[] {"clip-quickgelu", "clip-gelu"}) {
      Data.copyFolder(Data.model(name), folder.resolve("models").resolve(name));
    }
    Run run = Run.fovea("verify", folder.toString());

    assertEquals(0, run.code(), run.out() + run.err());
    assertEquals(3, run.lines().size(), run.out());
    assertTrue(run.lines().getLast().startsWith("2 of 2 cases passed"), run.out());
  }

  @Test
  void failsOnAChangedWeight(@TempDir Path folder) throws IOException {
    Files.createSymbolicLink(folder.resolve("images"), Path.of(Data.picture("")).toAbsolutePath());
    Path model = Data.copyFolder(Data.model("clip-quickgelu"), folder.resolve("changed"));
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 0x3f;
    Files.write(weights, bytes);

    Run run = Run.fovea("verify", model.toString(), Data.model("clip-gelu"));

    assertEquals(1, run.code());
    assertTrue(run.lines().getFirst().startsWith("FAIL  changed"), run.out());
    assertTrue(run.lines().getLast().startsWith("1 of 2 cases passed"), run.out());
  }

  @Test
  void countsACaseThatDoesNotOpenAsFailed(@TempDir Path folder) throws IOException {
    Path model = Data.copyFolder(Data.model("clip-quickgelu"), folder.resolve("broken"));
    Files.write(model.resolve("model.safetensors"), new byte[3]);

    Run run = Run.fovea("verify", model.toString(), "--json");

    assertEquals(1, run.code());
    assertFalse(run.json().getFirst().path("passed").asBoolean());
    assertTrue(run.json().getFirst().path("error").asString().contains("model.safetensors"));
  }
}
