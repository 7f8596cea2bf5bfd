package dev.fovea.models.verify;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import dev.fovea.models.Inspection;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import dev.fovea.models.TestData;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every recorded model")
class RecordedModelsTest {
  private static final List<String> BACKENDS = List.of("reference", "vector");
  private static final List<Engine> ENGINES = new ArrayList<>();

  @BeforeAll
  static void openEngines() {
    for (String backend : BACKENDS) {
      ENGINES.add(Engine.open(EngineOptions.defaults().withBackend(backend)));
    }
  }

  @AfterAll
  static void closeEngines() {
    ENGINES.forEach(Engine::close);
  }

  static Stream<Arguments> casesOnBackends() {
    return BACKENDS.stream()
        .flatMap(backend -> TestData.models().stream().map(name -> Arguments.of(name, backend)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("casesOnBackends")
  void givesWhatTheReferenceImplementationGave(String name, String backend) {
    CaseReport report =
        Verifier.verify(TestData.model(name), ENGINES.get(BACKENDS.indexOf(backend)));

    String failures =
        report.checks().stream()
            .filter(check -> !check.passed())
            .map(check -> check.name() + ": " + check.problem())
            .collect(Collectors.joining("\n"));
    assertEquals("", failures);
    assertAll(
        () -> assertTrue(report.passed()),
        () -> assertEquals(report.recorded(), report.checked()),
        () -> assertEquals(name, report.name()),
        () -> assertEquals("model", report.kind()));
  }

  @ParameterizedTest
  @MethodSource("dev.fovea.models.TestData#models")
  void isSavedAsItWasLoaded(String name, @TempDir Path directory) {
    ModelFiles files = ModelFiles.directory(TestData.model(name));
    try (Model model = Models.open(files, ENGINES.getFirst())) {
      model.save(directory.resolve("model.safetensors"));
    }

    try (Arena arena = Arena.ofConfined()) {
      WeightFiles original = WeightFiles.open(files, arena);
      WeightFiles saved = WeightFiles.open(ModelFiles.directory(directory), arena);
      assertEquals(original.tensors().keySet(), saved.tensors().keySet());
      assertEquals(original.metadata(), saved.metadata());
      for (StoredTensor tensor : original.tensors().values()) {
        StoredTensor copy = Objects.requireNonNull(saved.tensors().get(tensor.name()));
        assertEquals(tensor.dtype(), copy.dtype(), tensor.name());
        assertEquals(tensor.shape(), copy.shape(), tensor.name());
        assertEquals(-1, tensor.data().mismatch(copy.data()), tensor.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.fovea.models.TestData#models")
  void hasTheSameParametersByConfigurationAlone(String name) {
    ModelFiles files = ModelFiles.directory(TestData.model(name));
    try (Model model = Models.open(files, ENGINES.getFirst())) {
      assertEquals(model.parameterCount(), Inspection.of(files).parameters());
    }
  }
}
