package dev.fovea.core;

/** Text from outside, made fit for a one-line message. */
public final class Quoted {
  private static final int LONGEST = 160;

  private Quoted() {}

  /** The text in single quotes: line breaks and other invisible characters escaped, cut if long. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!isPrintable(c)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append(end < text.length() ? "...'" : "'").toString();
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

  /** The first line of a library's message. */
  public static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
