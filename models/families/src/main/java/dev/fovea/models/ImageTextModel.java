package dev.fovea.models;

/**
 * Pictures and texts in one space, as in CLIP and SigLIP: cosines say what belongs together.
 *
 * <pre>{@code
 * try (ImageTextModel clip = Models.openShipped()) {
 *   ZeroShotClassifier classifier = ZeroShotClassifier.of(clip, List.of("cat", "dog"));
 *   Label best = classifier.classify(Image.read(Path.of("photo.png"))).getFirst();
 *   System.out.println(best.label() + " " + best.probability());
 * }
 * }</pre>
 */
public interface ImageTextModel extends ImageEmbedder, TextEmbedder, AutoCloseable {
  /** How the model was trained to read cosines. */
  Similarity similarity();

  /** Waits for running work, then gives back the weights. */
  @Override
  void close();

  /**
   * From cosines to probabilities.
   *
   * @param scale factor on the cosine
   * @param bias summand after that
   * @param sigmoid whether each pair stands alone (SigLIP), rather than the labels of a picture
   *     sharing one softmax (CLIP)
   */
  record Similarity(double scale, double bias, boolean sigmoid) {
    /** Probabilities of one picture's labels from its cosines with them. */
    public double[] probabilities(double[] cosines) {
      double[] logits = new double[cosines.length];
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < logits.length; i++) {
        logits[i] = scale * cosines[i] + bias;
        max = Math.max(max, logits[i]);
      }
      double sum = 0;
      for (int i = 0; i < logits.length; i++) {
        logits[i] = sigmoid ? 1 / (1 + Math.exp(-logits[i])) : Math.exp(logits[i] - max);
        sum += logits[i];
      }
      for (int i = 0; i < logits.length && !sigmoid; i++) {
        logits[i] /= sum;
      }
      return logits;
    }
  }
}
