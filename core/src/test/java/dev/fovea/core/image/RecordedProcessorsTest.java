package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Options of image processors that the recorded folders leave out, bit by bit. */
class RecordedProcessorsTest {
  private static Stream<JsonNode> recorded(String kind) {
    return Json.read(RecordedPictures.PARITY.resolve("processors/cases.json"))
        .path(kind)
        .valueStream();
  }

  static Stream<JsonNode> transformersCases() {
    return recorded("transformers_cases");
  }

  static Stream<JsonNode> openClipCases() {
    return recorded("open_clip_cases");
  }

  @ParameterizedTest
  @MethodSource("transformersCases")
  void givesTheValuesOfTransformers(JsonNode recorded) throws Exception {
    checkPictures(recorded, ImageProcessor.transformers(recorded.path("config"), "config"));
  }

  @ParameterizedTest
  @MethodSource("openClipCases")
  void givesTheValuesOfOpenClip(JsonNode recorded) throws Exception {
    JsonNode root = Json.mapper().createObjectNode().set("preprocess_cfg", recorded.path("config"));

    checkPictures(recorded, ImageProcessor.openClip(root, "config"));
  }

  private static void checkPictures(JsonNode recorded, ImageProcessor processor) throws Exception {
    for (Map.Entry<String, JsonNode> entry : recorded.path("pictures").properties()) {
      Pixels pixels = processor.process(RecordedPictures.read(entry.getKey()));

      List<Integer> shape = entry.getValue().get(0).valueStream().map(JsonNode::intValue).toList();
      assertEquals(
          shape, List.of(pixels.channels(), pixels.height(), pixels.width()), entry.getKey());
      assertEquals(entry.getValue().get(1).stringValue(), sha256(pixels.values()), entry.getKey());
    }
  }

  private static String sha256(float[] values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }
}
