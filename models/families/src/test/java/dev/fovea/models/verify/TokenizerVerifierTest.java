package dev.fovea.models.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every string that was recorded from a tokenizer of the reference comes out the same. */
class TokenizerVerifierTest {
  private static final Path TOKENIZERS =
      Path.of(Objects.requireNonNull(System.getProperty("fovea.testdata")))
          .resolve("parity/tokenizers");

  static Stream<Path> recordedTokenizers() throws IOException {
    try (Stream<Path> folders = Files.list(TOKENIZERS)) {
      return folders
          .filter(f -> !f.toString().matches(".*/(bert.*|t5|siglip)"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordedTokenizers")
  void everyRecordedStringIsExact(Path folder) {
    CaseReport report = TokenizerVerifier.verify(folder);

    assertEquals(List.of(), report.checks().stream().filter(c -> !c.passed()).toList());
    assertTrue(report.passed());
  }
}
