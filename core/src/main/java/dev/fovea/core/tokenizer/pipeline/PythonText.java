package dev.fovea.core.tokenizer.pipeline;

/** Strings as Python treats them. */
public final class PythonText {
  private static final char SIGMA = '\u03A3';
  private static final char SMALL_SIGMA = '\u03C3';
  private static final char FINAL_SIGMA = '\u03C2';
  private static final String IGNORABLE_PUNCTUATION =
      "'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

  private PythonText() {}

  /** What {@code str.isspace} holds for: Unicode white space and four separators of ASCII. */
  public static boolean isSpace(int c) {
    return Characters.isWhiteSpace(c) || (c >= 0x1C && c <= 0x1F);
  }

  /** What {@code \w} matches: letters, numbers of any kind and the underscore. */
  public static boolean isWord(int c) {
    return c == '_' || Character.isLetter(c) || Characters.isNumeric(c);
  }

  /**
   * {@code str.lower}: as {@link Characters#lowercase}, but a capital sigma at the end of a word
   * becomes the final one (Unicode, table 3-17).
   */
  public static String lower(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    for (int at = text.indexOf(SIGMA); at >= 0; at = text.indexOf(SIGMA, done)) {
      out.append(Characters.lowercase(text.substring(done, at)));
      out.append(isFinal(text, at) ? FINAL_SIGMA : SMALL_SIGMA);
      done = at + 1;
    }
    return out.append(Characters.lowercase(text.substring(done))).toString();
  }

  /** The text without the characters of {@code string.punctuation}. */
  public static String withoutPunctuation(String text) {
    return Characters.filter(text, c -> c >= 0x80 || !Characters.isPunctuation(c));
  }

  private static boolean isFinal(String text, int at) {
    int before = at;
    while (before > 0 && isCaseIgnorable(text.codePointBefore(before))) {
      before -= Character.charCount(text.codePointBefore(before));
    }
    int after = at + 1;
    while (after < text.length() && isCaseIgnorable(text.codePointAt(after))) {
      after += Character.charCount(text.codePointAt(after));
    }
    return before > 0
        && isCased(text.codePointBefore(before))
        && (after == text.length() || !isCased(text.codePointAt(after)));
  }

  private static boolean isCased(int c) {
    return Character.isLowerCase(c) || Character.isUpperCase(c) || Character.isTitleCase(c);
  }

  /** What stands within words without having a case: marks, modifiers, some punctuation. */
  private static boolean isCaseIgnorable(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> IGNORABLE_PUNCTUATION.indexOf(c) >= 0;
    };
  }

  /** {@code " ".join(text.split())}. */
  public static String collapseSpaces(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean pending = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSpace(c)) {
        pending = true;
      } else {
        if (pending && !out.isEmpty()) {
          out.append(' ');
        }
        pending = false;
        out.append(c);
      }
    }
    return out.toString();
  }

  /** {@code str.strip}. */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (start < end && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
