package dev.fovea.cli;

/** What the exit codes mean. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int CHECK_FAILED = 1;
  public static final int BAD_INPUT = 2;

  /** Out of memory, or an error of Fovea itself. */
  public static final int INTERNAL = 3;

  public static final int INTERRUPTED = 130;

  /** As of a program that the signal SIGPIPE ended. */
  public static final int OUTPUT_CLOSED = 141;

  private ExitCode() {}
}
