package dev.fovea.models.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.models.Refusal;
import dev.fovea.models.TestData;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A verification fails when")
class VerifierTest {
  private static final String CASE = "clip-quickgelu-f16";

  @TempDir Path directory;

  private final Engine engine =
      Engine.open(EngineOptions.defaults().withBackend("reference").withThreads(1));
  private Path folder = Path.of("");

  @BeforeEach
  void copyCase() {
    folder = TestData.copyOfModel(CASE, directory);
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void neverForAnUntouchedCase() {
    CaseReport report = Verifier.verify(folder, engine);

    assertTrue(report.passed());
    assertEquals(15, report.recorded());
    assertEquals(15, report.checked());
  }

  @Test
  void aRecordedValueIsOff() {
    change(
        tensors -> {
          StoredTensor pooled = Objects.requireNonNull(tensors.get("text.pooled"));
          MemorySegment data = MemorySegment.ofArray(pooled.data().toArray(ValueLayout.JAVA_BYTE));
          float old = data.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 8);
          data.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 8, old + 2e-5f);
          tensors.put(
              "text.pooled", new StoredTensor("text.pooled", DType.F32, pooled.shape(), data));
        });

    Check failed = theOnlyFailure();

    assertEquals("text.pooled", failed.name());
    assertEquals(2e-5, failed.maxAbsoluteError(), 5e-6);
    assertEquals(1.14e-5, failed.tolerance());
    assertTrue(failed.problem().startsWith("element 2 is "), failed.problem());
  }

  @Test
  void aRecordedIntegerIsOff() {
    change(
        tensors -> {
          StoredTensor ids = Objects.requireNonNull(tensors.get("input_ids"));
          MemorySegment data = MemorySegment.ofArray(ids.data().toArray(ValueLayout.JAVA_BYTE));
          data.set(ValueLayout.JAVA_INT_UNALIGNED, 4, 5);
          tensors.put("input_ids", new StoredTensor("input_ids", DType.I32, ids.shape(), data));
        });

    assertEquals("input_ids", theOnlyFailure().name());
  }

  @Test
  void aRecordedTensorIsGone() {
    change(tensors -> tensors.remove("image_embeds"));

    Check failed = theOnlyFailure();

    assertEquals("image_embeds", failed.name());
    assertEquals("expected.json names it, expected.safetensors lacks it", failed.problem());
    assertFalse(failed.compared());
  }

  @Test
  void somethingIsRecordedThatIsNotComputed() {
    change(
        tensors ->
            tensors.put(
                "vision.attention_sink",
                new StoredTensor(
                    "vision.attention_sink",
                    DType.F32,
                    List.of(1L),
                    MemorySegment.ofArray(new byte[4]))));

    CaseReport report = Verifier.verify(folder, engine);

    assertFalse(report.passed());
    assertEquals(16, report.recorded());
    assertEquals(15, report.checked());
    assertEquals("not computed", theOnlyFailure().problem());
  }

  @Test
  void aShapeDiffers() {
    change(
        tensors -> {
          StoredTensor probs = Objects.requireNonNull(tensors.get("probs"));
          tensors.put("probs", new StoredTensor("probs", DType.F32, List.of(4L, 5L), probs.data()));
        });

    assertEquals("has shape [5, 4], recorded is [4, 5]", theOnlyFailure().problem());
  }

  @Test
  void aTextIsRecordedThatIsNotComputed() {
    TestData.replace(
        folder.resolve("expected.json"),
        "\"outputs\": {}",
        "\"outputs\": {\"caption\": \"a cat\"}");

    assertEquals("caption", theOnlyFailure().name());
  }

  @Test
  void theInputTextIsAnother() {
    TestData.replace(folder.resolve("expected.json"), "a photo of a cat", "a photo of a dog");

    CaseReport report = Verifier.verify(folder, engine);

    assertFalse(report.passed());
    assertTrue(failures(report).contains("input_ids"), failures(report)::toString);
  }

  @Test
  void thePictureIsAnother() {
    TestData.replace(folder.resolve("expected.json"), "coffee.png", "noise.png");

    CaseReport report = Verifier.verify(folder, engine);

    assertTrue(failures(report).contains("image_embeds"), failures(report)::toString);
  }

  @Test
  void theWeightsAreNotThoseOfTheRecording() {
    TestData.replace(folder.resolve("expected.json"), "3e9472eb", "4e9472eb");

    Check failed = theOnlyFailure();

    assertEquals("model.safetensors", failed.name());
    assertTrue(failed.problem().startsWith("has SHA-256 3e9472eb"), failed.problem());
  }

  @Test
  void theConfigurationNamesAnotherActivation() {
    TestData.replace(
        folder.resolve("config.json"),
        "\"eos_token_id\": 2",
        "\"hidden_act\": \"gelu\", \"eos_token_id\": 2");

    assertTrue(failures(Verifier.verify(folder, engine)).contains("text.pooled"));
  }

  @Test
  void theToleranceIsMissingAndTheFormatsRuleIsBroken() throws IOException {
    String json = Files.readString(folder.resolve("expected.json"));
    Files.writeString(folder.resolve("expected.json"), json.replace("\"atol\"", "\"not_atol\""));

    Check pooled =
        Verifier.verify(folder, engine).checks().stream()
            .filter(check -> check.name().equals("text.pooled"))
            .findFirst()
            .orElseThrow();

    assertEquals(4e-6 * 2.472, pooled.tolerance(), 1e-8);
  }

  @Test
  void aTrainingCaseLacksItsModel() throws IOException {
    Path training = Files.createDirectory(directory.resolve("training"));
    Files.writeString(training.resolve("infonce.json"), "{\"what\": \"a loss\"}");
    SafeTensors.write(training.resolve("infonce.safetensors"), List.of(), Map.of());

    CaseReport report = Verifier.verify(training, engine);

    assertFalse(report.passed());
    assertEquals("training", report.kind());
    String problem = report.checks().getFirst().problem();
    assertTrue(problem.startsWith(training.resolve("config.json") + ": no model"), problem);
  }

  @Test
  void theFolderHoldsNoCase() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    String e = Refusal.of(() -> Verifier.verify(empty, engine));

    assertTrue(e.startsWith(empty + ": no recorded case"), e);
  }

  @Test
  void thereIsNoFolder() {
    String e = Refusal.of(() -> Verifier.verify(directory.resolve("nowhere"), engine));

    assertEquals(directory.resolve("nowhere") + ": no such directory", e);
  }

  private Check theOnlyFailure() {
    CaseReport report = Verifier.verify(folder, engine);
    assertFalse(report.passed());
    List<Check> failed = report.checks().stream().filter(check -> !check.passed()).toList();
    assertEquals(1, failed.size(), failed::toString);
    return failed.getFirst();
  }

  private static List<String> failures(CaseReport report) {
    return report.checks().stream().filter(check -> !check.passed()).map(Check::name).toList();
  }

  /** Rewrites expected.safetensors. */
  private void change(Consumer<Map<String, StoredTensor>> edit) {
    try (Arena arena = Arena.ofConfined()) {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (StoredTensor t :
          SafeTensors.read(ModelFiles.directory(folder), "expected.safetensors", arena)
              .tensors()
              .values()) {
        MemorySegment copy = MemorySegment.ofArray(t.data().toArray(ValueLayout.JAVA_BYTE));
        tensors.put(t.name(), new StoredTensor(t.name(), t.dtype(), t.shape(), copy));
      }
      edit.accept(tensors);
      SafeTensors.write(
          folder.resolve("expected.safetensors"), new ArrayList<>(tensors.values()), Map.of());
    }
  }
}
