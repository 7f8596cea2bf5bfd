package dev.fovea.models.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PreprocessVerifierTest {
  private static final Path PARITY =
      Path.of(Objects.requireNonNull(System.getProperty("fovea.testdata"))).resolve("parity");
  private static final Path PREPROCESS = PARITY.resolve("preprocess");

  static Stream<Path> recordedFolders() throws IOException {
    try (Stream<Path> folders = Files.list(PREPROCESS)) {
      return Stream.concat(
          Stream.of(PREPROCESS), folders.filter(Files::isDirectory).sorted().toList().stream());
    }
  }

  @ParameterizedTest
  @MethodSource("recordedFolders")
  void everyRecordedPictureIsExact(Path folder) {
    CaseReport report = PreprocessVerifier.verify(folder);

    assertEquals("preprocess", report.kind());
    assertEquals(List.of(), report.checks().stream().filter(c -> !c.passed()).toList());
    assertTrue(report.passed());
  }

  @Test
  void countsWhatIsRecordedButNotTheInformation() {
    assertEquals(29, PreprocessVerifier.verify(PREPROCESS.resolve("clip_small")).recorded());
    assertEquals(4 + 2, PreprocessVerifier.verify(PREPROCESS.resolve("clip_224")).recorded());
    assertEquals(
        3 * 14, PreprocessVerifier.verify(PREPROCESS.resolve("openclip_transform")).recorded());
  }

  @Test
  void aProcessorThatDiffersFailsEveryPictureItChanges(@TempDir Path temporary) throws Exception {
    Path folder = copyOf("vit_small", temporary);
    ObjectNode config = (ObjectNode) Json.read(folder.resolve("preprocessor_config.json"));
    config.put("resample", 3);
    Files.write(
        folder.resolve("preprocessor_config.json"), Json.mapper().writeValueAsBytes(config));

    CaseReport report = PreprocessVerifier.verify(folder);

    assertFalse(report.passed());
    Check coffee =
        report.checks().stream()
            .filter(check -> check.name().equals("coffee.png"))
            .findFirst()
            .orElseThrow();
    assertTrue(coffee.problem().contains("recorded is"), coffee.problem());
  }

  @Test
  void aWrongStatisticFails(@TempDir Path temporary) throws Exception {
    Path folder = copyOf("siglip_224", temporary);
    JsonNode expected = Json.read(folder.resolve("expected.json"));
    ((ObjectNode) expected.path("stats").path("bmp24.bmp")).put("min", -1.01);
    Files.write(folder.resolve("expected.json"), Json.mapper().writeValueAsBytes(expected));

    CaseReport report = PreprocessVerifier.verify(folder);

    assertEquals(
        List.of("bmp24.bmp"),
        report.checks().stream().filter(c -> !c.passed()).map(Check::name).toList());
  }

  /** A case folder that may be changed, beside the pictures that it names. */
  private static Path copyOf(String name, Path temporary) throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("preprocess").resolve(name));
    copyFiles(PREPROCESS.resolve(name), folder);
    Files.copy(
        PREPROCESS.resolve("decoded.json"),
        temporary.resolve("preprocess").resolve("decoded.json"));
    copyFiles(PARITY.resolve("images"), Files.createDirectories(temporary.resolve("images")));
    return folder;
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }
}
