package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fovea.core.json.Json;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class RecordedOpenClipTest {
  private static final Path FOLDER =
      RecordedPictures.PARITY.resolve("preprocess/openclip_transform");

  static Stream<Arguments> cases() {
    return Stream.of("shortest", "longest", "squash")
        .flatMap(
            mode ->
                RecordedPictures.tensors(FOLDER, mode + ".safetensors").entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(RecordedPictures.SIXTEEN_BIT))
                    .map(entry -> Arguments.of(mode, entry.getKey(), entry.getValue())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void givesTheValuesOfOpenClip(String mode, String picture, float[] expected) {
    ObjectNode config = Json.mapper().createObjectNode();
    config
        .putObject("preprocess_cfg")
        .put("size", 32)
        .put("resize_mode", mode)
        .put("fill_color", Json.read(FOLDER.resolve(mode + ".json")).path("fill_color").intValue());

    Pixels pixels = ImageProcessor.openClip(config, mode).process(RecordedPictures.read(picture));

    assertArrayEquals(expected, pixels.values());
  }
}
