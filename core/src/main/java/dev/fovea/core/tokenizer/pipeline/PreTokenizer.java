package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.tokenizer.regex.Regex;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Splits a text into the pieces that the model looks at one by one. */
public sealed interface PreTokenizer {
  void split(Piece piece, Consumer<Piece> out);

  /** Leaves texts whole. */
  PreTokenizer NONE = new Sequence(List.of());

  /** One after the other, each on the pieces of the one before. */
  record Sequence(List<PreTokenizer> steps) implements PreTokenizer {
    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      split(piece, 0, piece.text().length(), out);
    }

    private void split(Piece piece, int step, int whole, Consumer<Piece> out) {
      Growth.check(whole, piece.text().length());
      if (step == steps.size() || piece.isToken()) {
        out.accept(piece);
      } else {
        steps.get(step).split(piece, part -> split(part, step + 1, whole, out));
      }
    }
  }

  /** Splits at matches of a pattern. */
  record Split(TextPattern pattern, SplitBehavior behavior, boolean invert)
      implements PreTokenizer {
    /** Keeps the matches and drops what is between them. */
    public static Split matchesOf(TextPattern pattern) {
      return new Split(pattern, SplitBehavior.REMOVED, true);
    }

    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      behavior.split(piece, pattern, invert, out);
    }
  }

  /** Turns pieces that are one of these strings as a whole into tokens. */
  record WholeTokens(Map<String, Integer> ids) implements PreTokenizer {
    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      Integer id = ids.get(piece.text());
      out.accept(id == null ? piece : new Piece(piece.text(), piece.atStart(), id));
    }
  }

  /**
   * Writes bytes in the alphabet of byte-level vocabularies, after splitting into words as GPT-2
   * does (unless {@code useRegex} is false).
   */
  record ByteLevel(boolean addPrefixSpace, boolean useRegex) implements PreTokenizer {
    private static final TextPattern WORDS =
        new TextPattern.Expression(
            Regex.compile(
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "GPT-2's words"));

    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      Piece prefixed =
          addPrefixSpace && !piece.text().startsWith(" ")
              ? Piece.open(" " + piece.text(), piece.atStart())
              : piece;
      if (useRegex) {
        SplitBehavior.ISOLATED.split(prefixed, WORDS, false, part -> out.accept(bytes(part)));
      } else {
        out.accept(bytes(prefixed));
      }
    }

    private static Piece bytes(Piece piece) {
      return Piece.open(ByteAlphabet.encode(piece.text()), piece.atStart());
    }
  }

  /** White space is dropped, every punctuation mark stands alone. */
  record Bert() implements PreTokenizer {
    private static final PreTokenizer STEPS =
        new Sequence(
            List.of(
                new Split(
                    new TextPattern.CharacterClass(Characters::isWhiteSpace),
                    SplitBehavior.REMOVED,
                    false),
                new Split(
                    new TextPattern.CharacterClass(Characters::isPunctuation),
                    SplitBehavior.ISOLATED,
                    false)));

    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      STEPS.split(piece, out);
    }
  }

  /** Writes spaces as a visible character and splits before it, as SentencePiece does. */
  record Metaspace(int replacement, PrependScheme scheme, boolean split) implements PreTokenizer {
    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      String mark = Character.toString(replacement);
      String text = piece.text().replace(" ", mark);
      boolean prepend =
          scheme == PrependScheme.ALWAYS || (scheme == PrependScheme.FIRST && piece.atStart());
      if (prepend && !text.startsWith(mark)) {
        text = mark + text;
      }
      Piece marked = Piece.open(text, piece.atStart());
      if (split) {
        SplitBehavior.MERGED_WITH_NEXT.split(marked, new TextPattern.Literal(mark), false, out);
      } else {
        out.accept(marked);
      }
    }
  }

  /** Runs of word characters and runs of anything else but white space. */
  record Words() implements PreTokenizer {
    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      Runs.split(piece, Words::kind, out);
    }

    private static Object kind(int c) {
      return Characters.isWhiteSpace(c) ? Runs.Kind.DROPPED : (Object) Characters.isJoinedWord(c);
    }
  }

  /** Splits where the script changes; spaces and unassigned characters belong to any script. */
  record Scripts() implements PreTokenizer {
    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      Runs.split(piece, Scripts::kind, out);
    }

    private static Object kind(int c) {
      Character.UnicodeScript script = Character.UnicodeScript.of(c);
      if (c == ' ' || script == Character.UnicodeScript.UNKNOWN) {
        return Runs.Kind.CONTINUES;
      }
      boolean japanese =
          script == Character.UnicodeScript.HIRAGANA
              || script == Character.UnicodeScript.KATAKANA
              || c == 0x30FC;
      return japanese ? Character.UnicodeScript.HAN : script;
    }
  }

  /** Splits after so many characters. */
  record FixedLength(int length) implements PreTokenizer {
    @Override
    public void split(Piece piece, Consumer<Piece> out) {
      String text = piece.text();
      for (int start = 0; start < text.length(); ) {
        int end = start;
        for (int read = 0; read < length && end < text.length(); read++) {
          end += Character.charCount(text.codePointAt(end));
        }
        out.accept(piece.part(start, end));
        start = end;
      }
    }
  }
}
