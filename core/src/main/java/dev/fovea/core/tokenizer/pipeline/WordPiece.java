package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;

/**
 * Takes the longest token that a word begins with, then the longest that continues it, and so on;
 * where no token fits, the whole word is unknown (Devlin et al. 2019).
 */
public final class WordPiece implements TokenModel {
  private final Vocabulary vocabulary;
  private final String unknown;
  private final int longestWord;
  private final CharTrie beginning = new CharTrie();
  private final CharTrie continuing = new CharTrie();

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
    this.longestWord = longestWord;
    vocabulary.forEach(
        (token, id) -> {
          beginning.put(token, id);
          if (token.startsWith(continuingPrefix)) {
            continuing.put(token.substring(continuingPrefix.length()), id);
          }
        });
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
      CharTrie.Match match = (start == 0 ? beginning : continuing).longestMatch(piece, start);
      if (match.value() == CharTrie.NONE) {
        out.add(unknownId());
        return;
      }
      ids.add(match.value());
      start = match.end();
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
