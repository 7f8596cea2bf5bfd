package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.image.Image;
import dev.fovea.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@DisplayName("The model that ships with Fovea")
class ShippedModelTest {
  private static final JsonNode EXPECTED = Json.read(TestData.at("emoji-clip/expected.json"));
  private static final List<String> LABELS = strings(EXPECTED.path("labels"));
  private static final List<String> TEXTS = strings(EXPECTED.path("texts"));

  private static final Engine ENGINE = Engine.open(EngineOptions.defaults());
  private static final Model MODEL = Models.open(Models.shipped(), ENGINE);
  private static final ImageTextModel CLIP = MODEL.as(ImageTextModel.class);
  private static ZeroShotClassifier classifier =
      ZeroShotClassifier.withEmbeddings(CLIP, LABELS, new float[LABELS.size()][CLIP.dimension()]);

  @BeforeAll
  static void embedLabels() {
    classifier = ZeroShotClassifier.withEmbeddings(CLIP, LABELS, CLIP.embedTexts(TEXTS));
  }

  @AfterAll
  static void close() {
    MODEL.close();
    ENGINE.close();
  }

  static Stream<JsonNode> pictures() {
    return EXPECTED.path("pictures").valueStream();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void labelsItsExamplesAsItsCardSays(JsonNode recorded) {
    Path file = TestData.project().resolve(recorded.path("file").asString());

    float[] embedding = CLIP.embed(Image.read(file));
    List<Label> labels = classifier.rank(embedding);

    for (int i = 0; i < recorded.path("image_embeds").size(); i++) {
      assertEquals(recorded.path("image_embeds").path(i).doubleValue(), embedding[i], 2e-6);
    }
    for (int i = 0; i < recorded.path("top3").size(); i++) {
      JsonNode expected = recorded.path("top3").path(i);
      assertEquals(expected.path("label").asString(), labels.get(i).label());
      assertEquals(expected.path("probability").doubleValue(), labels.get(i).probability(), 5e-6);
    }
  }

  @Test
  void hasAnExampleForEveryRecordedPicture() {
    assertEquals(12, pictures().count());
    assertTrue(
        pictures()
            .allMatch(
                picture ->
                    Files.exists(TestData.project().resolve(picture.path("file").asString()))));
  }

  @Test
  void scalesCosinesAsItsCardSays() {
    assertEquals(EXPECTED.path("logit_scale").doubleValue(), CLIP.similarity().scale(), 1e-4);
  }

  @Test
  void embedsTextsAsItsCardSays() {
    float[][] embeddings = CLIP.embedTexts(TEXTS);

    IntStream.range(0, TEXTS.size())
        .forEach(
            i -> {
              JsonNode first = EXPECTED.path("text_embeds_first4").path(i);
              for (int j = 0; j < 4; j++) {
                assertEquals(first.path(j).doubleValue(), embeddings[i][j], 2e-6);
              }
            });
  }

  private static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
