package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.json.Json;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class ResizeTest {
  private static final Map<String, Image> PICTURES = new ConcurrentHashMap<>();

  private static JsonNode recorded() {
    return Json.read(RecordedPictures.PARITY.resolve("resize/cases.json")).path("cases");
  }

  @ParameterizedTest
  @EnumSource(Resample.class)
  void givesPillowsBytesAtEverySize(Resample filter) throws Exception {
    for (JsonNode row : recorded()) {
      if (row.get(3).intValue() == Arrays.asList(Resample.values()).indexOf(filter)) {
        Image image = PICTURES.computeIfAbsent(row.get(0).stringValue(), RecordedPictures::read);
        int width = row.get(1).intValue();
        int height = row.get(2).intValue();

        byte[] resized =
            Resize.resize(image, width, height, filter, new Resize.Window(0, 0, width, height));

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(resized);
        assertEquals(row.get(4).stringValue(), HexFormat.of().formatHex(digest), row::toString);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Resample.class)
  void computesAWindowAsItIsInTheWhole(Resample filter) {
    Image image = RecordedPictures.read("china.png");
    for (List<Integer> size : List.of(List.of(97, 61), List.of(400, 300), List.of(320, 20))) {
      int width = size.getFirst();
      int height = size.getLast();
      byte[] whole =
          Resize.resize(image, width, height, filter, new Resize.Window(0, 0, width, height));
      Resize.Window window = new Resize.Window(31, 7, 40, 11);

      byte[] part = Resize.resize(image, width, height, filter, window);

      for (int y = 0; y < window.height(); y++) {
        int from = 3 * ((window.top() + y) * width + window.left());
        int row = 3 * window.width();
        assertArrayEquals(
            Arrays.copyOfRange(whole, from, from + row),
            Arrays.copyOfRange(part, y * row, (y + 1) * row));
      }
    }
  }

  @Test
  void keepsPicturesOfTheWantedSize() {
    Image image = RecordedPictures.read("coffee.png");

    byte[] resized =
        Resize.resize(image, 600, 400, Resample.LANCZOS, new Resize.Window(0, 0, 600, 400));

    assertArrayEquals(image.rgb(), resized);
  }
}
