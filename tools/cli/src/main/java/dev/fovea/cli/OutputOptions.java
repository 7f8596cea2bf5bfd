package dev.fovea.cli;

import picocli.CommandLine.Option;

/** Options about what is said, and how. */
final class OutputOptions {
  static final String STACKTRACE = "--stacktrace";

  @Option(names = "--json", description = "Results as JSON on standard output, one object a line.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes; errors are still reported.")
  boolean quiet;

  @Option(
      names = {STACKTRACE, "--debug"},
      description = "Show where in the program an error arose.")
  boolean stacktrace;

  /** A remark that the results do not depend on. */
  void note(Console console, String message) {
    if (!quiet) {
      console.say(message);
    }
  }
}
