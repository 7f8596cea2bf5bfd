package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.image.Image;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A zero-shot classifier")
class ZeroShotClassifierTest {
  private static final Image PICTURE = new Image(1, 1, new byte[3], Optional.empty());

  /** Two dimensions; every picture is (1, 0), texts are looked up. */
  private record Flat(Map<String, float[]> texts, Similarity similarity) implements ImageTextModel {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public float[][] imageFeatures(List<Image> images) {
      return images.stream().map(image -> new float[] {1, 0}).toArray(float[][]::new);
    }

    @Override
    public boolean fits(String text) {
      return true;
    }

    @Override
    public float[][] textFeatures(List<String> prompts) {
      return prompts.stream()
          .map(prompt -> Objects.requireNonNull(texts.get(prompt), prompt))
          .toArray(float[][]::new);
    }

    @Override
    public void close() {}
  }

  private static final Flat SOFTMAX =
      new Flat(
          Map.of(
              "a photo of a cat.", new float[] {0.6f, 0.8f},
              "a photo of a dog.", new float[] {0.8f, 0.6f},
              "cat", new float[] {1, 0},
              "a cat", new float[] {0, 1}),
          new ImageTextModel.Similarity(Math.log(3) / 0.2, 0, false));

  @Test
  void ranksLabelsBySoftmaxOfScaledCosines() {
    List<Label> labels = ZeroShotClassifier.of(SOFTMAX, List.of("cat", "dog")).classify(PICTURE);

    assertEquals(List.of("dog", "cat"), labels.stream().map(Label::label).toList());
    assertEquals(0.75, labels.get(0).probability(), 1e-6);
    assertEquals(0.25, labels.get(1).probability(), 1e-6);
  }

  @Test
  void judgesEveryLabelAloneWhereTheModelUsesASigmoid() {
    Flat sigmoid = new Flat(SOFTMAX.texts(), new ImageTextModel.Similarity(10, -8, true));

    List<Label> labels = ZeroShotClassifier.of(sigmoid, List.of("cat", "dog")).classify(PICTURE);

    assertEquals(1 / (1 + Math.exp(0)), labels.get(0).probability(), 1e-6);
    assertEquals(1 / (1 + Math.exp(2)), labels.get(1).probability(), 1e-6);
  }

  @Test
  void takesTheNormalisedMeanOverTemplates() {
    ZeroShotClassifier classifier =
        ZeroShotClassifier.of(
            SOFTMAX,
            List.of("cat"),
            List.of(PromptTemplate.LABEL_ALONE, new PromptTemplate("a {}")));

    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(new float[] {half, half}, classifier.classEmbeddings()[0], 1e-6f);
  }

  @Test
  void canBeMadeOfEmbeddingsThatItGaveBefore() {
    ZeroShotClassifier first = ZeroShotClassifier.of(SOFTMAX, List.of("cat", "dog"));
    ZeroShotClassifier second =
        ZeroShotClassifier.withEmbeddings(SOFTMAX, first.labels(), first.classEmbeddings());

    assertEquals(first.classify(PICTURE), second.classify(PICTURE));
  }

  @Test
  void keepsItsEmbeddingsToItself() {
    ZeroShotClassifier classifier = ZeroShotClassifier.of(SOFTMAX, List.of("cat"));

    classifier.classEmbeddings()[0][0] = 100;

    assertEquals(0.6f, classifier.classEmbeddings()[0][0]);
  }

  @Test
  void needsALabel() {
    assertEquals("no labels; give at least one", refusal(List.of()));
    assertEquals("an empty label among 2", refusal(List.of("cat", " ")));
    assertEquals("label 'cat' is given twice", refusal(List.of("cat", "dog", "cat")));
  }

  @Test
  void needsATemplate() {
    String e = Refusal.of(() -> ZeroShotClassifier.of(SOFTMAX, List.of("cat"), List.of()));

    assertEquals("no prompt templates; give at least {}", e);
  }

  @Test
  void needsAPlaceForTheLabelInATemplate() {
    String e = Refusal.of(() -> new PromptTemplate("a photo of a cat"));

    assertEquals("template 'a photo of a cat' has no {} where the label goes", e);
  }

  @Test
  void needsEmbeddingsThatFitLabelsAndModel() {
    String count =
        Refusal.of(
            () -> ZeroShotClassifier.withEmbeddings(SOFTMAX, List.of("cat"), new float[2][2]));
    String size =
        Refusal.of(
            () -> ZeroShotClassifier.withEmbeddings(SOFTMAX, List.of("cat"), new float[1][3]));

    assertEquals("2 class embeddings for 1 labels", count);
    assertEquals("a class embedding has 3 numbers, this model makes 2", size);
  }

  private static String refusal(List<String> labels) {
    return Refusal.of(() -> ZeroShotClassifier.of(SOFTMAX, labels));
  }
}
