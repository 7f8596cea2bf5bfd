package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;

/**
 * Looks every piece up as a whole.
 *
 * @param unknown the token for pieces that the vocabulary lacks
 */
public record WordLevel(Vocabulary vocabulary, String unknown) implements TokenModel {
  @Override
  public void tokenize(String piece, Ints out) {
    int id = vocabulary.idOrMinus1(piece);
    if (id < 0) {
      id = vocabulary.idOrMinus1(unknown);
    }
    if (id < 0) {
      throw new BadInputException(
          "the tokenizer's unknown token '%s' is not in its vocabulary".formatted(unknown));
    }
    out.add(id);
  }
}
