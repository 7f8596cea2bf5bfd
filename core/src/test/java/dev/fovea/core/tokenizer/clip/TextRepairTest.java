package dev.fovea.core.tokenizer.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Repairs agree with those recorded from ftfy, string by string. */
class TextRepairTest {
  private static final JsonNode CASES =
      Json.read(
              Path.of(Objects.requireNonNull(System.getProperty("fovea.testdata")))
                  .resolve("text-repair/cases.json"))
          .path("cases");

  @Test
  void repairsAsFtfyDoes() {
    List<String> differences = new ArrayList<>();
    for (JsonNode recorded : CASES) {
      compare(
          recorded,
          recorded.path("fixed").asString(),
          TextRepair.repair(recorded.path("text").asString()),
          differences);
    }
    assertEquals(List.of(), differences);
  }

  @Test
  void cleansAsOpenAiDoes() {
    List<String> differences = new ArrayList<>();
    for (JsonNode recorded : CASES) {
      compare(
          recorded,
          recorded.path("clean").asString(recorded.path("fixed").asString()),
          OpenAiText.clean(recorded.path("text").asString()),
          differences);
    }
    assertEquals(List.of(), differences);
  }

  private static void compare(
      JsonNode recorded, String expected, String actual, List<String> differences) {
    if (!expected.equals(actual)) {
      differences.add(
          "%s becomes '%s', recorded is '%s'".formatted(recorded.path("text"), actual, expected));
    }
  }
}
