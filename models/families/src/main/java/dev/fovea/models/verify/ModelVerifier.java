package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.models.Model;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Models;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Replays a recorded model case and compares every tensor and text in it. */
final class ModelVerifier {
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ModelVerifier() {}

  static CaseReport verify(Path directory, Engine engine) {
    ModelCase recorded = ModelCase.open(directory);
    ModelFiles files = ModelFiles.directory(directory);
    Outputs outputs = new Outputs();
    ModelFamily family = Models.familyOf(files);
    try (Model model = Models.open(files, engine)) {
      family.replay().run(model, recorded, outputs);
    }
    List<Check> checks = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      Map<String, StoredTensor> expected =
          SafeTensors.read(files, "expected.safetensors", arena).tensors();
      for (StoredTensor tensor : expected.values()) {
        checks.add(compare(tensor, recorded, outputs, expected));
      }
    }
    recorded
        .expected()
        .path("outputs")
        .properties()
        .forEach(entry -> checks.add(compareTexts(entry, outputs)));
    return new CaseReport(directory.getFileName().toString(), "model", checks.size(), checks);
  }

  private static Check compareTexts(Map.Entry<String, JsonNode> entry, Outputs outputs) {
    List<String> expected =
        entry.getValue().isArray()
            ? ModelCase.strings(entry.getValue())
            : List.of(entry.getValue().asString());
    Optional<List<String>> computed = outputs.texts(entry.getKey());
    if (computed.isEmpty()) {
      return Check.failed(entry.getKey(), "not computed");
    }
    String problem =
        computed.get().equals(expected)
            ? ""
            : "is %s, recorded is %s".formatted(computed.get(), expected);
    return new Check(
        entry.getKey(), problem.isEmpty() ? 0 : 1, problem.isEmpty() ? 0 : 1, 0, problem);
  }

  private static Check compare(
      StoredTensor expected,
      ModelCase recorded,
      Outputs outputs,
      Map<String, StoredTensor> allExpected) {
    String name = expected.name();
    Optional<Outputs.Value> computed = outputs.tensor(name);
    if (computed.isEmpty()) {
      return Check.failed(name, "not computed");
    }
    Outputs.Value value = computed.get();
    if (!value.shape().toString().equals(expected.describeShape())) {
      return Check.failed(
          name, "has shape %s, recorded is %s".formatted(value.shape(), expected.describeShape()));
    }
    double tolerance = tolerance(recorded, expected);
    boolean[] ignored = paddedPositions(expected, allExpected);
    double worst = 0;
    double largest = 0;
    int worstAt = -1;
    for (int i = 0; i < value.values().length; i++) {
      if (ignored.length > 0 && ignored[i / (value.values().length / ignored.length)]) {
        continue;
      }
      double wanted = element(expected, i);
      double error = Math.abs(value.values()[i] - wanted);
      largest = Math.max(largest, Math.abs(wanted));
      if (!(error <= worst)) {
        worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        worstAt = i;
      }
    }
    String problem =
        worst <= tolerance
            ? ""
            : "element %d is %.9g, recorded is %.9g, allowed difference %.3g"
                .formatted(worstAt, value.values()[worstAt], element(expected, worstAt), tolerance);
    return new Check(name, worst, largest == 0 ? worst : worst / largest, tolerance, problem);
  }

  /** Recorded hidden states at padded positions mean nothing: [batch, tokens] true where so. */
  private static boolean[] paddedPositions(
      StoredTensor expected, Map<String, StoredTensor> allExpected) {
    StoredTensor mask = allExpected.get("attention_mask");
    if (mask == null
        || !expected.name().contains("hidden_states")
        || expected.name().startsWith("vision.")
        || expected.shape().size() != 3
        || !expected.shape().subList(0, 2).equals(mask.shape())) {
      return new boolean[0];
    }
    boolean[] padded = new boolean[(int) mask.elementCount()];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = element(mask, i) == 0;
    }
    return padded;
  }

  private static double tolerance(ModelCase recorded, StoredTensor expected) {
    JsonNode entry = recorded.expected().path("tolerances").path(expected.name());
    if (entry.path("exact").asBoolean(false) || expected.dtype() == DType.I32) {
      return 0;
    }
    if (entry.path("atol").isNumber()) {
      return entry.path("atol").doubleValue();
    }
    double largest = 0;
    for (int i = 0; i < expected.elementCount(); i++) {
      largest = Math.max(largest, Math.abs(element(expected, i)));
    }
    return Math.max(4e-6 * largest, 1e-6);
  }

  private static double element(StoredTensor tensor, int i) {
    return switch (tensor.dtype()) {
      case F32 -> tensor.data().get(F32, 4L * i);
      case I32 -> tensor.data().get(I32, 4L * i);
      case U8 -> tensor.data().get(ValueLayout.JAVA_BYTE, i) & 0xff;
      default ->
          throw new BadInputException(
              "expected.safetensors: tensor '%s' has type %s, expected F32, I32 or U8"
                  .formatted(tensor.name(), tensor.dtype()));
    };
  }
}
