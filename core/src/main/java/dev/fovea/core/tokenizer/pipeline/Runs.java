package dev.fovea.core.tokenizer.pipeline;

import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Splits a text into runs of characters of the same kind. */
final class Runs {
  /** Kinds with a meaning of their own. */
  enum Kind {
    /** Characters that go. */
    DROPPED,
    /** Characters that belong to the run before them; at the beginning they go. */
    CONTINUES
  }

  private Runs() {}

  static void split(Piece piece, IntFunction<Object> kinds, Consumer<Piece> out) {
    String text = piece.text();
    int runStart = 0;
    Object runKind = Kind.DROPPED;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      Object kind = kinds.apply(c);
      if (kind != Kind.CONTINUES && kind != runKind) {
        if (runKind != Kind.DROPPED) {
          out.accept(piece.part(runStart, at));
        }
        runStart = at;
        runKind = kind;
      }
      at += Character.charCount(c);
    }
    if (runKind != Kind.DROPPED) {
      out.accept(piece.part(runStart, text.length()));
    }
  }
}
