package dev.fovea.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.models.verify.CaseReport;
import dev.fovea.models.verify.Check;
import dev.fovea.models.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTrainingTest {
  private static final Path CASES =
      Path.of(System.getProperty("fovea.testdata"), "parity", "training");

  @ParameterizedTest
  @ValueSource(strings = {"clip", "lora", "linear_probe"})
  void learnsAsPyTorchDoes(String name) {
    try (Engine engine = Engine.open(EngineOptions.defaults())) {
      CaseReport report = Verifier.verify(CASES.resolve(name), engine);

      List<Check> failed = report.checks().stream().filter(c -> !c.passed()).toList();
      assertEquals(List.of(), failed);
      assertTrue(report.recorded() > 0);
    }
  }
}
