package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Session;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One recorded computation of a training folder: NAME.json and NAME.safetensors.
 *
 * @param description the JSON, which says what was computed
 */
public record TrainingCase(
    Path directory, String name, JsonNode description, Map<String, StoredTensor> tensors) {
  static TrainingCase open(Path directory, String name, Arena arena) {
    return new TrainingCase(
        directory,
        name,
        Json.read(directory.resolve(name + ".json")),
        SafeTensors.read(ModelFiles.directory(directory), name + ".safetensors", arena).tensors());
  }

  /** A recorded case beside this one, which holds what both start from. */
  public TrainingCase sibling(String other, Arena arena) {
    return open(directory, other, arena);
  }

  /** The texts of a list. */
  public static List<String> strings(JsonNode list) {
    return ModelCase.strings(list);
  }

  public boolean holds(String... names) {
    return tensors.keySet().containsAll(Set.of(names));
  }

  /** The recorded numbers of a tensor, row-major. */
  public double[] values(String tensor) {
    RecordedTensor recorded = recorded(tensor);
    double[] values = new double[recorded.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = recorded.element(i);
    }
    return values;
  }

  /** The recorded sizes of a tensor. */
  public int[] dims(String tensor) {
    return recorded(tensor).stored().shape().stream().mapToInt(Math::toIntExact).toArray();
  }

  /** A recorded tensor in a session. */
  public Tensor tensor(Session session, String tensor) {
    return session.tensor(floats(tensor), dims(tensor));
  }

  /** The recorded numbers of a tensor in f32, row-major. */
  public float[] floats(String tensor) {
    double[] values = values(tensor);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** Recorded whole numbers, [batch, length]. */
  public Indices indices(String tensor) {
    double[] values = values(tensor);
    int[] ids = new int[values.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (int) values[i];
    }
    return new Indices(dims(tensor)[0], dims(tensor)[1], ids);
  }

  RecordedTensor recorded(String tensor) {
    return Optional.ofNullable(tensors.get(tensor))
        .map(RecordedTensor::new)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s: tensor '%s' is missing"
                        .formatted(directory.resolve(name + ".safetensors"), tensor)));
  }

  /** What the recording allows; 0 for whole numbers, and the format's rule where it is silent. */
  double tolerance(RecordedTensor tensor) {
    return RecordedTensor.tolerance(description.path("tolerances").path(tensor.name()), tensor);
  }
}
