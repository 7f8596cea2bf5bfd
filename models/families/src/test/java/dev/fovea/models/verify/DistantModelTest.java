package dev.fovea.models.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.models.Refusal;
import dev.fovea.models.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A recording whose model lies elsewhere")
class DistantModelTest {
  private static final String MODEL = "sentence-minilm";

  @TempDir Path recording;

  @BeforeEach
  void copyTheExpectations() throws IOException {
    for (String name : new String[] {"expected.json", "expected.safetensors"}) {
      Files.copy(TestData.model(MODEL).resolve(name), recording.resolve(name));
    }
  }

  @Test
  void isReplayedWithTheModelThatIsNamed() {
    try (Engine engine = Engine.open()) {
      CaseReport report = Verifier.verify(recording, TestData.model(MODEL), engine);

      assertTrue(report.passed());
      assertEquals(12, report.checked());
    }
  }

  @Test
  void failsWithOtherWeights() {
    try (Engine engine = Engine.open()) {
      CaseReport report = Verifier.verify(recording, TestData.model("sentence-plain-v5"), engine);

      assertFalse(report.passed());
      assertTrue(report.checks().getFirst().problem().startsWith("has SHA-256"));
    }
  }

  @Test
  void asksForItsModel() {
    try (Engine engine = Engine.open()) {
      String e = Refusal.of(() -> Verifier.verify(recording, engine));

      assertEquals(
          recording + ": a recording without its model; name the model's folder too (--model)", e);
    }
  }

  @Test
  void isNoTokenizerCase() {
    try (Engine engine = Engine.open()) {
      Path tokenizer = TestData.at("parity/tokenizers/bert");
      String e = Refusal.of(() -> Verifier.verify(tokenizer, TestData.model(MODEL), engine));

      assertTrue(e.startsWith(tokenizer + ": no recording of a model"), e);
    }
  }
}
