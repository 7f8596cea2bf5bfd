package dev.fovea.core.tokenizer.pipeline;

/** Turns a piece of text into ids of its vocabulary. */
public sealed interface TokenModel permits Bpe, WordPiece, WordLevel, Unigram {
  /** Appends the ids of a piece that is not empty. */
  void tokenize(String piece, Ints out);

  Vocabulary vocabulary();
}
