package dev.fovea.core;

/**
 * Something outside the program is wrong: a file, an option, a shape, a configuration.
 *
 * <p>The message is written for the person who must act: it names the file, tensor or option, says
 * what was expected, what was found and, where it helps, what to do. It fits on one line. Tools
 * show it without a stack trace.
 */
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadInputException(String message) {
    super(message);
  }

  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
