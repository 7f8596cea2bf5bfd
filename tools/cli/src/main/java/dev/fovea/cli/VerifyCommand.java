package dev.fovea.cli;

import dev.fovea.cli.input.Paths;
import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.models.verify.CaseReport;
import dev.fovea.models.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds this machine to recorded outputs of the reference implementation. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    sortOptions = false,
    description = {
      "Replays cases recorded from PyTorch and transformers through Fovea's own loaders, tokenizers,"
          + " image processors and models, and compares every recorded tensor and text.",
      "Exits with 1 if anything differs by more than the recording allows or was not computed."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "CASE_DIR",
      arity = "1..*",
      description = "Folders of recorded cases, or folders with such folders in them.")
  private List<String> folders = List.of();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "The model of a recording that has none beside it, as those of large public weights."
              + " Takes one case.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--all",
      description = "List every tensor and text, not only those that fail. Always so for one case.")
  private boolean all;

  @Mixin private ModelOptions.EngineArguments engineArguments = new ModelOptions.EngineArguments();
  @Mixin private OutputOptions output = new OutputOptions();

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Path> cases = cases();
    if (model.isPresent() && cases.size() != 1) {
      throw new BadInputException(
          "--model is the model of one recording, but %d cases are named".formatted(cases.size()));
    }
    CasePrinter printer = new CasePrinter(console, output.json, all || cases.size() == 1);
    try (Engine engine = engineArguments.open(console, output);
        Progress progress = Progress.start(console, output, "Cases", cases.size())) {
      for (Path directory : cases) {
        if (console.stopRequested().getAsBoolean()) {
          throw new InterruptedRunException("stopped; " + printer.summary());
        }
        verify(directory, engine, printer);
        progress.step(1);
      }
    }
    if (!output.json) {
      console.print(printer.summary());
    }
    return printer.failedCases() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private void verify(Path directory, Engine engine, CasePrinter printer) {
    CaseReport report;
    try {
      report =
          model
              .map(folder -> Verifier.verify(directory, Paths.of(folder), engine))
              .orElseGet(() -> Verifier.verify(directory, engine));
    } catch (BadInputException e) {
      printer.broken(directory, String.valueOf(e.getMessage()));
      return;
    }
    printer.replayed(report);
  }

  private List<Path> cases() {
    Set<Path> cases = new LinkedHashSet<>();
    for (String folder : folders) {
      Path path = Paths.of(folder);
      if (!Files.isDirectory(path)) {
        throw new BadInputException("%s: no such folder".formatted(path));
      }
      List<Path> found = new ArrayList<>();
      collect(path, found);
      if (found.isEmpty()) {
        throw new BadInputException(
            "%s: no recorded case here or below (expected.json with expected.safetensors, or cases.json)"
                .formatted(path));
      }
      cases.addAll(found);
    }
    return List.copyOf(cases);
  }

  private static void collect(Path folder, List<Path> found) {
    if (Verifier.isCase(folder)) {
      found.add(folder);
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.filter(Files::isDirectory).sorted().toList()) {
        collect(child, found);
      }
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be listed (%s)".formatted(folder, e.getMessage()), e);
    }
  }
}
