package dev.fovea.core;

/**
 * Something outside the program is wrong: a file, an option, a shape, a configuration.
 *
 * <p>The message is written for the person who must act: it names the file, tensor or option, says
 * what was expected, what was found and, where it helps, what to do. It is one line: line breaks
 * and other invisible characters, which text from a file could bring in, are escaped. Tools show it
 * without a stack trace.
 */
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(Quoted.visible(message));
  }

  public BadInputException(String message, Throwable cause) {
    super(Quoted.visible(message), cause);
  }
}
