package dev.fovea.core.weights;

/** Text from a file, made fit for a one-line message. */
final class Quoted {
  private static final int LONGEST = 160;

  private Quoted() {}

  /** The text in single quotes: line breaks and other control characters escaped, cut if long. */
  static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append(end < text.length() ? "...'" : "'").toString();
  }

  /** The first line of a library's message. */
  static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
