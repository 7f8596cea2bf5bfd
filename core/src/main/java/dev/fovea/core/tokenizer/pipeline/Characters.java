package dev.fovea.core.tokenizer.pipeline;

import java.util.function.IntPredicate;

/** Classes of code points, as the components of tokenizers define them. */
public final class Characters {
  private Characters() {}

  /** Unicode's property White_Space. */
  public static boolean isWhiteSpace(int c) {
    return (c >= 0x9 && c <= 0xD)
        || c == 0x20
        || c == 0x85
        || c == 0xA0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202F
        || c == 0x205F
        || c == 0x3000;
  }

  /** Punctuation of any kind, and the symbols of ASCII. */
  static boolean isPunctuation(int c) {
    if (c < 0x80) {
      return (c >= '!' && c <= '/')
          || (c >= ':' && c <= '@')
          || (c >= '[' && c <= '`')
          || (c >= '{' && c <= '~');
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** Numbers: decimal digits, letters and others. */
  static boolean isNumeric(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> false;
    };
  }

  /** Marks: nonspacing, spacing and enclosing. */
  static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** As {@link #isWord}, and the joiners within words (Unicode Technical Standard 18, annex C). */
  static boolean isJoinedWord(int c) {
    return isWord(c) || c == 0x200C || c == 0x200D;
  }

  /** Letters, marks, decimal digits and connectors. */
  public static boolean isWord(int c) {
    return Character.isAlphabetic(c)
        || isMark(c)
        || Character.isDigit(c)
        || Character.getType(c) == Character.CONNECTOR_PUNCTUATION;
  }

  /** The lower case of each character by itself, without regard to its neighbours. */
  public static String lowercase(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == 0x130) {
        out.append("i\u0307");
      } else {
        out.appendCodePoint(Character.toLowerCase(c));
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  /** The text without the characters that the test does not keep. */
  static String filter(String text, IntPredicate keep) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().filter(keep).forEach(out::appendCodePoint);
    return out.toString();
  }

  /** The text with every half of a broken surrogate pair replaced by U+FFFD. */
  public static String wellFormed(String text) {
    if (isWellFormed(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /** Whether no half of a surrogate pair stands alone. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
