package dev.fovea.core.tokenizer.pipeline;

/** Removes the spaces that joining English tokens leaves before punctuation and contractions. */
public final class SpaceCleanUp {
  private SpaceCleanUp() {}

  /** As the decoder of word pieces does it, token by token. */
  static String inToken(String token) {
    return contractions(punctuation(token).replace(" do not", " don't"));
  }

  /** As {@code clean_up_tokenization_spaces} does it, on the whole text. */
  public static String inText(String text) {
    return contractions(punctuation(text));
  }

  private static String punctuation(String text) {
    return text.replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m");
  }

  private static String contractions(String text) {
    return text.replace(" 's", "'s").replace(" 've", "'ve").replace(" 're", "'re");
  }
}
