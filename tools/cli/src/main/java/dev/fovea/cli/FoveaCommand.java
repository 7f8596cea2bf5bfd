package dev.fovea.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program itself; its work is done by its commands. */
@Command(
    name = "fovea",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    description = "Multimodal AI models in plain Java, on your own machine.",
    footer = {
      "",
      "Exit codes: 0 done, 1 a check failed, 2 bad input or usage, 3 out of memory or an internal"
          + " error, 130 interrupted.",
      "FOVEA_JAVA_HOME chooses the JDK, FOVEA_OPTS adds JVM options (as in -Xmx4g)."
    })
final class FoveaCommand implements Callable<Integer> {
  private Optional<CommandSpec> spec = Optional.empty();

  @Spec
  void setSpec(CommandSpec commandSpec) {
    spec = Optional.of(commandSpec);
  }

  @Override
  public Integer call() {
    CommandLine line = spec.orElseThrow().commandLine();
    line.usage(line.getErr());
    return ExitCode.BAD_INPUT;
  }

  /** The version from the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "fovea %s, Java %s".formatted(number(), System.getProperty("java.version"))
      };
    }

    static String number() {
      return Optional.ofNullable(FoveaCommand.class.getPackage().getImplementationVersion())
          .orElse("(not packaged)");
    }
  }
}
