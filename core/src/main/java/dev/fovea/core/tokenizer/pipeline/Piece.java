package dev.fovea.core.tokenizer.pipeline;

/**
 * A part of a text on its way to tokens.
 *
 * @param text what is left to tokenize, or the text of an added token
 * @param atStart whether the part begins where the whole text begins
 * @param id the id of an added token, or {@link #OPEN}
 */
public record Piece(String text, boolean atStart, int id) {
  /** The id of a piece that is not a token yet. */
  public static final int OPEN = -1;

  /** A piece that is not a token yet. */
  static Piece open(String text, boolean atStart) {
    return new Piece(text, atStart, OPEN);
  }

  boolean isToken() {
    return id != OPEN;
  }

  Piece part(int start, int end) {
    return open(text.substring(start, end), atStart && start == 0);
  }
}
