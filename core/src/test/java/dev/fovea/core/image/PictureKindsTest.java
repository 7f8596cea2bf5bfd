package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.json.Json;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every kind of file that Pillow reads must give Pillow's bytes. */
class PictureKindsTest {
  private static final Path FOLDER = Path.of(System.getProperty("fovea.testdata"), "pictures");

  private static JsonNode expected() {
    return Json.read(FOLDER.resolve("expected.json")).path("pictures");
  }

  static Stream<String> names() {
    return expected().propertyNames().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasTheBytesThatPillowHas(String name) throws Exception {
    JsonNode expected = expected().path(name);

    Image image = Image.read(FOLDER.resolve(name));

    assertEquals(expected.path("width").intValue(), image.width());
    assertEquals(expected.path("height").intValue(), image.height());
    assertEquals(expected.path("sha256_rgb").stringValue(), sha256(image.rgb()));
    assertEquals(
        expected.path("sha256_alpha").asString("opaque"),
        image.alpha().isPresent() ? sha256(image.alpha().get()) : "opaque");
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
