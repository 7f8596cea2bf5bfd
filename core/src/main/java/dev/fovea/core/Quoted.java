package dev.fovea.core;

/** Text from outside, made fit for a one-line message. */
public final class Quoted {
  private static final int LONGEST = 160;

  private Quoted() {}

  /** The text in single quotes: line breaks and other invisible characters escaped, cut if long. */
  public static String of(String text) {
    return "'" + escaped(text, LONGEST) + "'";
  }

  /** The text without quotes, with the same care. */
  public static String escaped(String text) {
    return escaped(text, LONGEST);
  }

  /** The first line of a library's message, with the same care. */
  public static String line(String text) {
    return escaped(text.lines().findFirst().orElse(""), 2 * LONGEST);
  }

  /** The text with line breaks and other invisible characters escaped. */
  static String visible(String text) {
    return escaped(text, text.length());
  }

  private static String escaped(String text, int most) {
    StringBuilder out = new StringBuilder();
    int end = Math.min(text.length(), most);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (isPrintable(c)) {
        out.append(c);
      } else {
        out.append("\\u%04x".formatted((int) c));
      }
    }
    return end < text.length() ? out.append("...").toString() : out.toString();
  }

  private static boolean isPrintable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
