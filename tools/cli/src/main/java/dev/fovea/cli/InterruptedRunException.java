package dev.fovea.cli;

/** The user asked to stop. The message says what was kept. */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InterruptedRunException(String message) {
    super(message);
  }
}
