package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ImageReadTest {
  static Stream<String> names() {
    return RecordedPictures.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasTheBytesThatPillowHas(String name) throws Exception {
    JsonNode expected = RecordedPictures.decoded().path(name);

    Image image = RecordedPictures.read(name);

    assertEquals(expected.path("rgb_size_wh").get(0).intValue(), image.width());
    assertEquals(expected.path("rgb_size_wh").get(1).intValue(), image.height());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.rgb());
    assertEquals(expected.path("sha256_rgb").stringValue(), HexFormat.of().formatHex(digest));
  }
}
