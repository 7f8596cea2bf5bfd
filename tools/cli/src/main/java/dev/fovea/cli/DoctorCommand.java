package dev.fovea.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what this machine can do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    sortOptions = false,
    description =
        "Says what Fovea finds on this machine: Java, processor, backends, models, caches.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private OutputOptions output = new OutputOptions();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    output.note(console, "not yet");
    return ExitCode.DONE;
  }
}
