package dev.fovea.models.verify;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.Image;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Compares decoded pictures with the recorded bytes. */
final class DecodedPictures {
  static final String DESCRIPTION = "decoded.json";
  private static final String BYTES = "decoded_rgb.safetensors";

  /** How far apart decoders of lossy files may be. */
  private static final int LOSSY_TOLERANCE = 2;

  private DecodedPictures() {}

  static boolean isSixteenBit(JsonNode picture) {
    return picture.path("file_mode").asString("").startsWith("I;16");
  }

  static List<Check> check(Path directory) {
    Map<String, Image> images = new LinkedHashMap<>();
    JsonNode recorded = Json.read(directory.resolve(DESCRIPTION)).path("images");
    List<Check> checks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
      if (!isSixteenBit(entry.getValue())) {
        Image image = Image.read(ModelCase.imageFolder(directory).resolve(entry.getKey()));
        images.put(entry.getKey(), image);
        checks.add(compare(entry.getKey(), image, entry.getValue()));
      }
    }
    if (Files.exists(directory.resolve(BYTES))) {
      try (Arena arena = Arena.ofConfined()) {
        for (StoredTensor stored :
            SafeTensors.read(ModelFiles.directory(directory), BYTES, arena).tensors().values()) {
          JsonNode picture = recorded.path(stored.name());
          Image image = images.get(stored.name());
          if (image != null) {
            checks.add(
                new RecordedTensor(stored)
                    .compare(bytes(image), isLossy(picture) ? LOSSY_TOLERANCE : 0));
          } else if (!isSixteenBit(picture)) {
            checks.add(Check.failed(stored.name(), DESCRIPTION + " does not name it"));
          }
        }
      }
    }
    return checks;
  }

  private static boolean isLossy(JsonNode picture) {
    return picture.path("lossy").asBoolean(false);
  }

  /** Size and checksum; of a lossy file, size and mean. */
  private static Check compare(String name, Image image, JsonNode recorded) {
    JsonNode size = recorded.path("rgb_size_wh");
    if (image.width() != size.path(0).asInt(0) || image.height() != size.path(1).asInt(0)) {
      return Check.failed(
          name, "is %d x %d, recorded is %s".formatted(image.width(), image.height(), size));
    }
    if (isLossy(recorded)) {
      return PixelStatistics.compareMeans(
          name, image.rgb(), recorded.path("rgb_mean"), LOSSY_TOLERANCE);
    }
    String sum = recorded.path("sha256_rgb").asString("");
    return Check.exact(name, sha256(image.rgb()).equals(sum), "has other bytes than recorded");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Outputs.Value bytes(Image image) {
    double[] values = new double[image.rgb().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = image.rgb()[i] & 0xff;
    }
    return new Outputs.Value(Shape.of(image.height(), image.width(), 3), values);
  }
}
