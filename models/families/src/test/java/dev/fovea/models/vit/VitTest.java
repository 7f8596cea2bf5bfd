package dev.fovea.models.vit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.image.Image;
import dev.fovea.core.json.Json;
import dev.fovea.models.ClassLabels;
import dev.fovea.models.ImageClassifier;
import dev.fovea.models.ImageEmbedder;
import dev.fovea.models.Label;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import dev.fovea.models.Refusal;
import dev.fovea.models.TestData;
import dev.fovea.models.VisionModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A vision transformer")
class VitTest {
  private static final Image COFFEE = Image.read(TestData.at("parity/images/coffee.png"));

  @Test
  void classifiesWithTheLabelsOfItsConfiguration() {
    try (Model model = Models.open(TestData.model("vit-classifier"))) {
      ImageClassifier classifier = model.as(ImageClassifier.class);
      List<Label> labels = classifier.classify(COFFEE);

      assertEquals(
          List.of("cat", "dog", "rocket", "flower", "coffee mug", "palace", "person"),
          classifier.labels());
      assertEquals("rocket", labels.getFirst().label());
      assertEquals(7, labels.size());
      assertEquals(1, labels.stream().mapToDouble(Label::probability).sum(), 1e-6);
    }
  }

  @Test
  void classifiesManyPicturesAsItDoesOne() {
    try (Model model = Models.open(TestData.model("vit-classifier"))) {
      ImageClassifier classifier = model.as(ImageClassifier.class);
      Image rocket = Image.read(TestData.at("parity/images/astronaut.png"));

      List<List<Label>> both = classifier.classify(List.of(COFFEE, rocket));

      assertEquals(classifier.classify(COFFEE).getFirst().label(), both.get(0).getFirst().label());
      assertEquals(classifier.classify(rocket).getFirst().label(), both.get(1).getFirst().label());
      assertEquals(List.of(), classifier.classify(List.of()));
    }
  }

  @Test
  void embedsPicturesWithOrWithoutClasses() {
    try (Model model = Models.open(TestData.model("vit-classifier"))) {
      float[] vector = model.as(ImageEmbedder.class).embed(COFFEE);
      double sum = 0;
      for (float value : vector) {
        sum += value * value;
      }

      assertEquals(32, vector.length);
      assertEquals(1, sum, 1e-5);
    }
  }

  @Test
  void withoutClassesIsNoClassifier() {
    try (Model model = Models.open(TestData.model("vit-model-f16"))) {
      String e = Refusal.of(() -> model.as(ImageClassifier.class));

      assertTrue(e.endsWith("a model of family vit cannot serve as ImageClassifier"), e);
    }
  }

  @Test
  void namesClassesByNumberWhereTheConfigurationHasNoLabels() {
    assertEquals(List.of("LABEL_0", "LABEL_1"), ClassLabels.read(config("{}")));
    assertEquals(
        List.of("LABEL_0", "LABEL_1", "LABEL_2"), ClassLabels.read(config("{\"num_labels\": 3}")));
  }

  @Test
  void takesTheNormsOfTheOriginalByDefault() {
    assertEquals(1e-12, VitConfig.read(config("{}")).transformer().layerNormEps());
  }

  @Test
  void takesPicturesOfOtherSizesThanItWasTrainedOn() {
    try (Model model = Models.open(TestData.model("vit-classifier"))) {
      VisionModel vision = (VisionModel) model;
      Vit vit = (Vit) vision.network();

      int[] shape =
          vision.run(
              session ->
                  vit.vit()
                      .forward(session.tensor(new float[3 * 64 * 32], 1, 3, 64, 32))
                      .shape()
                      .dims());

      assertArrayEquals(new int[] {1, 1 + 4 * 2, 32}, shape);
    }
  }

  private static Config config(String json) {
    return Config.of(Json.parse(json.getBytes(StandardCharsets.UTF_8), "t"), "t");
  }
}
