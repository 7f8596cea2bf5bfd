package dev.fovea.core.tokenizer.pipeline;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The stages of a tokenizer.
 *
 * @param preparation what happens to a text before added tokens are looked for
 * @param added cuts out added tokens and normalizes the rest
 */
public record Pipeline(
    UnaryOperator<String> preparation,
    AddedVocabulary added,
    PreTokenizer preTokenizer,
    TokenModel model,
    PostProcessor postProcessor,
    TokenDecoder decoder) {
  /** The id of a token, added or not. */
  public OptionalInt id(String token) {
    OptionalInt id = added.id(token);
    return id.isPresent() ? id : model.vocabulary().id(token);
  }

  /** The tokens of a text, without special tokens. */
  public Tokens tokens(String text, int typeId) {
    Ints ids = new Ints();
    for (Piece piece : added.split(preparation.apply(Characters.wellFormed(text)))) {
      if (piece.isToken()) {
        ids.add(piece.id());
      } else {
        preTokenizer.split(piece, part -> append(part, ids));
      }
    }
    return Tokens.of(ids.toArray(), typeId);
  }

  private void append(Piece part, Ints ids) {
    if (part.isToken()) {
      ids.add(part.id());
    } else if (!part.text().isEmpty()) {
      model.tokenize(part.text(), ids);
    }
  }
}
