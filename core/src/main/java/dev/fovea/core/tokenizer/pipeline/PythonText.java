package dev.fovea.core.tokenizer.pipeline;

/** Strings as Python treats them. */
public final class PythonText {
  private PythonText() {}

  /** What {@code str.isspace} holds for: Unicode white space and four separators of ASCII. */
  public static boolean isSpace(int c) {
    return Characters.isWhiteSpace(c) || (c >= 0x1C && c <= 0x1F);
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
