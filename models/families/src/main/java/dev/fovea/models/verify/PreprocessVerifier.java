package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.json.Json;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replays a recorded preprocessing folder: the pixel values of a {@code preprocessor_config.json}
 * or of open_clip's transforms, or the decoded bytes of pictures.
 */
final class PreprocessVerifier implements CaseVerifier {
  private static final String CONFIG = "preprocessor_config.json";
  private static final String DESCRIPTION = "expected.json";
  private static final String TENSORS = "expected.safetensors";
  private static final String RESIZED = "resized_u8.safetensors";
  private static final List<String> OPEN_CLIP_MODES = List.of("shortest", "longest", "squash");
  private static final Pattern OPEN_CLIP_TRANSFORM =
      Pattern.compile(".*size (\\d+), (\\w+), OpenAI mean/std");

  /** open_clip's values are recorded without a tolerance; the other folders have this one. */
  private static final double OPEN_CLIP_TOLERANCE = 1e-5;

  @Override
  public boolean accepts(Path directory) {
    boolean transformers =
        Files.exists(directory.resolve(CONFIG)) && Files.exists(directory.resolve(DESCRIPTION));
    return transformers
        || Files.exists(directory.resolve(DecodedPictures.DESCRIPTION))
        || OPEN_CLIP_MODES.stream().anyMatch(mode -> Files.exists(openClip(directory, mode)));
  }

  @Override
  public CaseReport verify(Path directory, Engine engine) {
    return verify(directory);
  }

  static CaseReport verify(Path directory) {
    List<Check> checks = new ArrayList<>();
    if (Files.exists(directory.resolve(CONFIG))) {
      checks.addAll(transformers(directory));
    }
    for (String mode : OPEN_CLIP_MODES) {
      if (Files.exists(openClip(directory, mode))) {
        checks.addAll(openClipChecks(directory, mode));
      }
    }
    if (Files.exists(directory.resolve(DecodedPictures.DESCRIPTION))) {
      checks.addAll(DecodedPictures.check(directory));
    }
    return new CaseReport(CaseReport.nameOf(directory), "preprocess", checks.size(), checks);
  }

  private static Path openClip(Path directory, String mode) {
    return directory.resolve(mode + ".json");
  }

  private static List<Check> transformers(Path directory) {
    JsonNode config = Json.read(directory.resolve(CONFIG));
    JsonNode expected = Json.read(directory.resolve(DESCRIPTION));
    RecordedPictures pictures =
        new RecordedPictures(
            directory, ImageProcessor.transformers(config, directory.resolve(CONFIG).toString()));
    List<Check> checks = new ArrayList<>();
    if (Files.exists(directory.resolve(TENSORS))) {
      double tolerance = expected.path("atol").asDouble(0);
      checks.addAll(
          tensors(
              directory,
              TENSORS,
              (name, tensor) -> tensor.compare(pictures.values(name), tolerance)));
    }
    if (Files.exists(directory.resolve(RESIZED))) {
      RecordedPictures bytes = new RecordedPictures(directory, withoutValues(directory, config));
      checks.addAll(
          tensors(directory, RESIZED, (name, tensor) -> tensor.compare(bytes.rows(name), 0)));
    }
    double tolerance = expected.path("atol_samples").asDouble(0);
    for (Map.Entry<String, JsonNode> entry : expected.path("stats").properties()) {
      if (!RecordedPictures.isInformation(directory, entry.getKey())) {
        Outputs.Value values = pictures.values(entry.getKey());
        checks.add(PixelStatistics.compare(entry.getKey(), values, entry.getValue(), tolerance));
      }
    }
    return checks;
  }

  /** The same processor without its last steps, so that it gives bytes. */
  private static ImageProcessor withoutValues(Path directory, JsonNode config) {
    ObjectNode changed = Json.mapper().createObjectNode();
    config.properties().forEach(entry -> changed.set(entry.getKey(), entry.getValue()));
    changed.put("do_rescale", false).put("do_normalize", false);
    return ImageProcessor.transformers(changed, directory.resolve(CONFIG).toString());
  }

  private static List<Check> openClipChecks(Path directory, String mode) {
    JsonNode expected = Json.read(openClip(directory, mode));
    Matcher transform = OPEN_CLIP_TRANSFORM.matcher(expected.path("transform").asString(""));
    if (!transform.matches()) {
      throw new BadInputException(
          "%s: transform is %s, expected '... size N, FILTER, OpenAI mean/std'"
              .formatted(openClip(directory, mode), expected.path("transform")));
    }
    ObjectNode config = Json.mapper().createObjectNode();
    config
        .putObject("preprocess_cfg")
        .put("size", Integer.parseInt(transform.group(1)))
        .put("interpolation", transform.group(2))
        .put("resize_mode", expected.path("resize_mode").asString(""))
        .put("fill_color", expected.path("fill_color").asInt(0));
    RecordedPictures pictures =
        new RecordedPictures(
            directory, ImageProcessor.openClip(config, openClip(directory, mode).toString()));
    return tensors(
        directory,
        mode + ".safetensors",
        (name, tensor) -> tensor.compare(pictures.values(name), OPEN_CLIP_TOLERANCE));
  }

  /** Compares the recorded tensors of a file, each named after its picture. */
  private static List<Check> tensors(
      Path directory, String file, BiFunction<String, RecordedTensor, Check> compare) {
    List<Check> checks = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      Map<String, StoredTensor> tensors =
          SafeTensors.read(ModelFiles.directory(directory), file, arena).tensors();
      for (StoredTensor stored : tensors.values()) {
        if (!RecordedPictures.isInformation(directory, stored.name())) {
          checks.add(compare.apply(stored.name(), new RecordedTensor(stored)));
        }
      }
    }
    return checks;
  }
}
