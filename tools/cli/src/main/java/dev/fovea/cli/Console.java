package dev.fovea.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command touches of the world outside: its streams and its surroundings.
 *
 * @param out results only
 * @param err messages and progress
 * @param interactive whether a person watches {@code err} on a terminal
 * @param stopRequested asked between steps: whether the user wants to stop
 */
public record Console(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    boolean interactive,
    Map<String, String> environment,
    Path home,
    BooleanSupplier stopRequested) {
  /** A progress bar may stand in the line. */
  private static final String WIPE_LINE = "\r\u001b[K";

  /** Tells the user something in one line. */
  public void say(String message) {
    err.println((interactive ? WIPE_LINE : "") + "fovea: " + oneLine(message));
    err.flush();
  }

  /**
   * Prints one line of results at once.
   *
   * @throws OutputClosedException if nobody reads any more, as after {@code | head}
   */
  public void print(String line) {
    out.println(line);
    if (out.checkError()) {
      throw new OutputClosedException();
    }
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
