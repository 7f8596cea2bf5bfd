package dev.fovea.core.tokenizer.regex;

/** An expression that is not valid, or asks for what is not supported. */
final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SyntaxException(String message) {
    super(message, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
