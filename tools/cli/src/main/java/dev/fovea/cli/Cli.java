package dev.fovea.cli;

import dev.fovea.core.BadInputException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line as a function from arguments to an exit code. */
final class Cli {
  private Cli() {}

  static int run(Console console, List<String> arguments) {
    CommandLine line =
        new CommandLine(new FoveaCommand())
            .addSubcommand(new ClassifyCommand(console))
            .addSubcommand(new EmbedCommand(console))
            .addSubcommand(new InspectCommand(console))
            .addSubcommand(new VerifyCommand(console))
            .addSubcommand(new DoctorCommand(console))
            .addSubcommand(new CommandLine.HelpCommand());
    line.setOut(console.out())
        .setErr(console.err())
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler((e, args) -> wrongUsage(console, e))
        .setExecutionExceptionHandler((e, command, result) -> failed(console, e, result));
    return line.execute(arguments.toArray(String[]::new));
  }

  private static int wrongUsage(Console console, ParameterException e) {
    console.say(
        "%s (see '%s --help')"
            .formatted(e.getMessage(), e.getCommandLine().getCommandSpec().qualifiedName()));
    return ExitCode.BAD_INPUT;
  }

  private static int failed(Console console, Exception e, ParseResult result) {
    boolean stacktrace = wantsStacktrace(result);
    int code =
        switch (e) {
          case OutputClosedException closed -> ExitCode.OUTPUT_CLOSED;
          case InterruptedRunException stopped -> say(console, stopped, ExitCode.INTERRUPTED);
          case BadInputException bad -> say(console, bad, ExitCode.BAD_INPUT);
          default -> internal(console, e, stacktrace);
        };
    if (stacktrace) {
      e.printStackTrace(console.err());
      console.err().flush();
    }
    return code;
  }

  private static int say(Console console, Exception e, int code) {
    console.say(String.valueOf(e.getMessage()));
    return code;
  }

  private static int internal(Console console, Exception e, boolean stacktrace) {
    console.say(
        "internal error: %s%s"
            .formatted(
                e,
                stacktrace ? "" : "; add " + OutputOptions.STACKTRACE + " to see where it arose"));
    return ExitCode.INTERNAL;
  }

  private static boolean wantsStacktrace(ParseResult result) {
    return result.hasMatchedOption(OutputOptions.STACKTRACE)
        || (result.hasSubcommand() && wantsStacktrace(result.subcommand()));
  }
}
