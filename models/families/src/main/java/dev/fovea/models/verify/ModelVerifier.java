package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Replays a recorded model case and compares every tensor and text in it. */
final class ModelVerifier implements CaseVerifier {
  private static final String DESCRIPTION = "expected.json";
  private static final String TENSORS = "expected.safetensors";
  private static final List<String> EXPECTATIONS = List.of(DESCRIPTION, TENSORS);
  private static final String MASK = "attention_mask";

  @Override
  public boolean accepts(Path directory) {
    return Files.isRegularFile(directory.resolve(DESCRIPTION))
        && Json.read(directory.resolve(DESCRIPTION)).hasNonNull("family");
  }

  @Override
  public CaseReport verify(Path directory, Engine engine) {
    if (ModelFiles.directory(directory).list().stream().allMatch(EXPECTATIONS::contains)) {
      throw new BadInputException(
          "%s: a recording without its model; name the model's folder too (--model)"
              .formatted(directory));
    }
    return verify(directory, directory, engine);
  }

  /**
   * Replays a case with a model that lies elsewhere; its weights must be those of the recording.
   */
  CaseReport verify(Path directory, Path modelDirectory, Engine engine) {
    ModelCase recorded = ModelCase.open(directory);
    ModelFiles files = ModelFiles.directory(modelDirectory);
    List<Check> checks =
        new ArrayList<>(WeightChecksums.check(modelDirectory, recorded.expected()));
    Outputs outputs = new Outputs();
    try (Model model = Models.open(files, engine)) {
      Models.familyOf(files).replay().run(model, recorded, outputs);
    }
    try (Arena arena = Arena.ofConfined()) {
      checks.addAll(
          compareTensors(
              SafeTensors.read(ModelFiles.directory(directory), TENSORS, arena).tensors(),
              recorded,
              outputs));
    }
    recorded
        .expected()
        .path("outputs")
        .properties()
        .forEach(entry -> checks.add(compareTexts(entry, outputs)));
    return new CaseReport(CaseReport.nameOf(directory), "model", checks.size(), checks);
  }

  private static List<Check> compareTensors(
      Map<String, StoredTensor> expected, ModelCase recorded, Outputs outputs) {
    List<Check> checks = new ArrayList<>();
    Optional<RecordedTensor> mask =
        Optional.ofNullable(expected.get(MASK)).map(RecordedTensor::new);
    for (StoredTensor stored : expected.values()) {
      RecordedTensor tensor = new RecordedTensor(stored);
      checks.add(
          outputs
              .tensor(tensor.name())
              .map(
                  value ->
                      tensor.compare(
                          value, tolerance(recorded, tensor), paddedPositions(tensor, mask)))
              .orElseGet(() -> Check.failed(tensor.name(), "not computed")));
    }
    for (Map.Entry<String, JsonNode> entry : recorded.expected().path("tolerances").properties()) {
      if (!expected.containsKey(entry.getKey())) {
        checks.add(
            Check.failed(
                entry.getKey(), "%s names it, %s lacks it".formatted(DESCRIPTION, TENSORS)));
      }
    }
    return checks;
  }

  private static Check compareTexts(Map.Entry<String, JsonNode> entry, Outputs outputs) {
    List<String> expected =
        entry.getValue().isArray()
            ? ModelCase.strings(entry.getValue())
            : List.of(entry.getValue().asString());
    return outputs
        .texts(entry.getKey())
        .map(
            computed ->
                Check.exact(
                    entry.getKey(),
                    computed.equals(expected),
                    "is %s, recorded is %s".formatted(computed, expected)))
        .orElseGet(() -> Check.failed(entry.getKey(), "not computed"));
  }

  /**
   * Recorded hidden states of texts at padded positions mean nothing: true there, for [batch,
   * tokens].
   */
  private static boolean[] paddedPositions(RecordedTensor tensor, Optional<RecordedTensor> mask) {
    List<Long> shape = tensor.stored().shape();
    if (mask.isEmpty()
        || !tensor.name().contains("hidden_states")
        || tensor.name().startsWith("vision.")
        || shape.size() != 3
        || !shape.subList(0, 2).equals(mask.get().stored().shape())) {
      return new boolean[0];
    }
    boolean[] padded = new boolean[mask.get().size()];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = mask.get().element(i) == 0;
    }
    return padded;
  }

  private static double tolerance(ModelCase recorded, RecordedTensor tensor) {
    return RecordedTensor.tolerance(
        recorded.expected().path("tolerances").path(tensor.name()), tensor);
  }
}
