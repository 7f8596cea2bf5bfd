package dev.fovea.core.tokenizer.regex;

/** The text of an expression and a place in it. */
final class Scanner {
  static final int END = -1;

  private final int[] characters;
  private int at;

  Scanner(String expression) {
    characters = expression.codePoints().toArray();
  }

  int peek() {
    return peek(0);
  }

  int peek(int ahead) {
    return at + ahead < characters.length ? characters[at + ahead] : END;
  }

  int next() {
    if (at == characters.length) {
      throw new SyntaxException("ends too early");
    }
    return characters[at++];
  }

  boolean accept(String wanted) {
    for (int i = 0; i < wanted.length(); i++) {
      if (peek(i) != wanted.charAt(i)) {
        return false;
      }
    }
    at += wanted.length();
    return true;
  }

  void expect(String wanted) {
    if (!accept(wanted)) {
      throw new SyntaxException("lacks '%s' at character %d".formatted(wanted, at));
    }
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  /** What stands before a character, which is skipped. */
  String until(char end) {
    StringBuilder out = new StringBuilder();
    for (int c = next(); c != end; c = next()) {
      out.appendCodePoint(c);
    }
    return out.toString();
  }
}
