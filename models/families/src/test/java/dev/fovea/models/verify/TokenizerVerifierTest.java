package dev.fovea.models.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Every string that was recorded from a tokenizer of the reference comes out the same. */
class TokenizerVerifierTest {
  private static final Path TOKENIZERS =
      Path.of(Objects.requireNonNull(System.getProperty("fovea.testdata")))
          .resolve("parity/tokenizers");

  static Stream<Path> recordedTokenizers() throws IOException {
    try (Stream<Path> folders = Files.list(TOKENIZERS)) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordedTokenizers")
  void everyRecordedStringIsExact(Path folder) {
    CaseReport report = TokenizerVerifier.verify(folder);

    assertEquals(List.of(), report.checks().stream().filter(c -> !c.passed()).toList());
    assertTrue(report.passed());
  }

  /** The older files hold the vocabulary alone; the stages follow from the tokenizer class. */
  @ParameterizedTest
  @ValueSource(strings = {"clip", "gpt2", "opt", "bert"})
  void vocabularyFilesWithoutTokenizerJsonGiveTheSame(String name, @TempDir Path folder)
      throws IOException {
    try (Stream<Path> files = Files.list(TOKENIZERS.resolve(name))) {
      for (Path file : files.filter(f -> !f.endsWith("tokenizer.json")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }

    CaseReport report = TokenizerVerifier.verify(folder);

    assertEquals(List.of(), report.checks().stream().filter(c -> !c.passed()).toList());
    assertTrue(report.passed());
  }

  @Test
  void whatIsRecordedOtherwiseFails(@TempDir Path folder) throws IOException {
    Path source = TOKENIZERS.resolve("bert");
    Files.copy(source.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
    Files.writeString(
        folder.resolve("cases.json"),
        """
        {"cases": [{"text": "a cat", "ids": [1, 2, 3]}], "decode": [], "batches": []}
        """);

    CaseReport report = TokenizerVerifier.verify(folder);

    assertFalse(report.passed());
    assertEquals(1, report.checked());
  }
}
