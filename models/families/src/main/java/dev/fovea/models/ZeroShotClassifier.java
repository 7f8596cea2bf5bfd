package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.image.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Gives pictures labels that the model was never trained on: each label's texts are embedded once,
 * and a picture gets the label whose embedding is nearest. CLIP, section 3.1.2 (Radford et al.
 * 2021). Thread-safe; works as long as the model is open.
 */
public final class ZeroShotClassifier implements ImageClassifier {
  private final ImageTextModel model;
  private final List<String> labels;
  private final float[][] classEmbeddings;

  private ZeroShotClassifier(ImageTextModel model, List<String> labels, float[][] classEmbeddings) {
    this.model = model;
    this.labels = List.copyOf(labels);
    this.classEmbeddings = classEmbeddings;
  }

  /** A classifier that embeds each label in the sentence "a photo of a LABEL." */
  public static ZeroShotClassifier of(ImageTextModel model, List<String> labels) {
    return of(model, labels, List.of(PromptTemplate.PHOTO));
  }

  /**
   * A classifier that embeds each label in several sentences and takes their mean.
   *
   * @throws BadInputException if there are no labels or no templates, or a label is empty or given
   *     twice
   */
  public static ZeroShotClassifier of(
      ImageTextModel model, List<String> labels, List<PromptTemplate> templates) {
    checkLabels(labels);
    if (templates.isEmpty()) {
      throw new BadInputException("no prompt templates; give at least {}");
    }
    return new ZeroShotClassifier(model, labels, classEmbeddings(model, labels, templates));
  }

  /**
   * A classifier over class embeddings that were computed before.
   *
   * @param classEmbeddings [labels][dimension], of Euclidean length 1, as {@link #classEmbeddings}
   *     gave them for the same model
   */
  public static ZeroShotClassifier withEmbeddings(
      ImageTextModel model, List<String> labels, float[][] classEmbeddings) {
    checkLabels(labels);
    if (classEmbeddings.length != labels.size()) {
      throw new BadInputException(
          "%d class embeddings for %d labels".formatted(classEmbeddings.length, labels.size()));
    }
    for (float[] embedding : classEmbeddings) {
      if (embedding.length != model.dimension()) {
        throw new BadInputException(
            "a class embedding has %d numbers, this model makes %d"
                .formatted(embedding.length, model.dimension()));
      }
    }
    return new ZeroShotClassifier(model, labels, copy(classEmbeddings));
  }

  /**
   * The embeddings of classes: each the mean of its prompts' embeddings, brought to length 1 again.
   * All prompts go through the model in one call; give many labels in portions.
   *
   * @return [labels][dimension]
   */
  public static float[][] classEmbeddings(
      ImageTextModel model, List<String> labels, List<PromptTemplate> templates) {
    List<String> prompts =
        labels.stream()
            .flatMap(label -> templates.stream().map(template -> template.fill(label)))
            .toList();
    float[][] rows = model.embedTexts(prompts);
    float[][] embeddings = new float[labels.size()][];
    for (int i = 0; i < embeddings.length; i++) {
      embeddings[i] =
          normalizedMean(
              Arrays.copyOfRange(rows, i * templates.size(), (i + 1) * templates.size()));
    }
    return embeddings;
  }

  private static float[] normalizedMean(float[][] rows) {
    double[] sum = new double[rows[0].length];
    for (float[] row : rows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += row[i];
      }
    }
    double length = Math.sqrt(dot(sum, sum));
    float[] embedding = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      embedding[i] = (float) (sum[i] / length);
    }
    return embedding;
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  /** The embedding of every label: [labels][dimension], of Euclidean length 1. */
  public float[][] classEmbeddings() {
    return copy(classEmbeddings);
  }

  @Override
  public List<List<Label>> classify(List<Image> images) {
    List<List<Label>> all = new ArrayList<>(images.size());
    for (float[] embedding : model.embedImages(images)) {
      all.add(rank(embedding));
    }
    return all;
  }

  /**
   * All labels with their probabilities for a picture that is embedded already, best first.
   *
   * @param imageEmbedding [dimension], of Euclidean length 1
   */
  public List<Label> rank(float[] imageEmbedding) {
    double[] cosines = new double[classEmbeddings.length];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = dot(imageEmbedding, classEmbeddings[i]);
    }
    double[] probabilities = model.similarity().probabilities(cosines);
    List<Label> ranked = new ArrayList<>(probabilities.length);
    for (int i = 0; i < probabilities.length; i++) {
      ranked.add(new Label(labels.get(i), probabilities[i]));
    }
    ranked.sort(Comparator.comparingDouble(Label::probability).reversed());
    return List.copyOf(ranked);
  }

  private static void checkLabels(List<String> labels) {
    if (labels.isEmpty()) {
      throw new BadInputException("no labels; give at least one");
    }
    if (labels.stream().anyMatch(String::isBlank)) {
      throw new BadInputException("an empty label among %d".formatted(labels.size()));
    }
    LinkedHashSet<String> seen = new LinkedHashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new BadInputException("label '%s' is given twice".formatted(label));
      }
    }
  }

  private static float[][] copy(float[][] rows) {
    float[][] copies = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copies[i] = rows[i].clone();
    }
    return copies;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
