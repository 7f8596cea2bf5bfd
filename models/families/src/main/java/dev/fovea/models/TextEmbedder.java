package dev.fovea.models;

import java.util.List;

/** Turns texts into vectors. */
public interface TextEmbedder {
  /** The length of the vectors. */
  int dimension();

  /**
   * The vectors as the model gives them, of any length. Texts longer than the context are cut to
   * it, the last special token kept.
   *
   * @return [texts][dimension]
   */
  float[][] textFeatures(List<String> texts);

  /** Whether the model reads the whole text; a longer one is cut to its context. */
  boolean fits(String text);

  /**
   * The vectors of texts, of Euclidean length 1. Texts longer than the context are cut to it.
   *
   * @return [texts][dimension]
   */
  default float[][] embedTexts(List<String> texts) {
    return Vectors.normalized(textFeatures(texts));
  }

  /** The vector of one text, of Euclidean length 1. */
  default float[] embed(String text) {
    return embedTexts(List.of(text))[0];
  }
}
