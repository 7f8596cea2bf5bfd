package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;

/**
 * Takes the longest token that a word begins with, then the longest that continues it, and so on;
 * where no token fits, the whole word is unknown (Devlin et al. 2019).
 */
public final class WordPiece implements TokenModel {
  private final Vocabulary vocabulary;
  private final String unknown;
  private final String continuingPrefix;
  private final int longestWord;
  private final int longestToken;

  /**
   * A model.
   *
   * @param continuingPrefix what tokens within a word carry before them
   * @param longestWord words of more characters are unknown
   */
  public WordPiece(
      Vocabulary vocabulary, String unknown, String continuingPrefix, int longestWord) {
    this.vocabulary = vocabulary;
    this.unknown = unknown;
    this.continuingPrefix = continuingPrefix;
    this.longestWord = longestWord;
    this.longestToken = vocabulary.longestToken();
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void tokenize(String piece, Ints out) {
    if (piece.length() > 2L * longestWord
        || piece.codePointCount(0, piece.length()) > longestWord) {
      out.add(unknownId());
      return;
    }
    Ints ids = new Ints();
    for (int start = 0; start < piece.length(); ) {
      int end = Math.min(piece.length(), start + longestToken);
      int id = -1;
      for (; end > start; end--) {
        String part = piece.substring(start, end);
        id = vocabulary.idOrMinus1(start == 0 ? part : continuingPrefix + part);
        if (id >= 0) {
          break;
        }
      }
      if (id < 0) {
        out.add(unknownId());
        return;
      }
      ids.add(id);
      start = end;
    }
    out.addAll(ids.toArray());
  }

  private int unknownId() {
    int id = vocabulary.idOrMinus1(unknown);
    if (id < 0) {
      throw new BadInputException(
          "the tokenizer's unknown token '%s' is not in its vocabulary".formatted(unknown));
    }
    return id;
  }
}
