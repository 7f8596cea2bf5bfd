package dev.fovea.models;

import java.util.List;

/** Turns texts into vectors. */
public interface TextEmbedder {
  /** The length of the vectors. */
  int dimension();

  /**
   * The vectors of texts, of Euclidean length 1.
   *
   * @return [texts][dimension]
   */
  float[][] embedTexts(List<String> texts);

  /** The vector of one text, of Euclidean length 1. */
  default float[] embed(String text) {
    return embedTexts(List.of(text))[0];
  }
}
