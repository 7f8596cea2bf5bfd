package dev.fovea.cli;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.files.ModelLocator;
import dev.fovea.models.Models;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model to run. */
final class ModelOptions {
  @Mixin EngineArguments engine = new EngineArguments();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "A model folder, a weight file, or org/name in the local Hugging Face cache."
              + " Default: the small model that ships with Fovea.")
  Optional<String> model = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "Items to read at a time; models run up to 16 of them at once. Default: ${DEFAULT-VALUE}.")
  int batchSize = 16;

  /** Where the computation runs. */
  static final class EngineArguments {
    @Option(
        names = "--device",
        paramLabel = "NAME",
        defaultValue = "auto",
        description =
            "The backend: auto, reference or vector ('fovea doctor' lists them)."
                + " Default: ${DEFAULT-VALUE}.")
    String device = "auto";

    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "Threads to compute with. Default: all processors.")
    Optional<Integer> threads = Optional.empty();

    @Option(
        names = "--dtype",
        paramLabel = "TYPE",
        defaultValue = "auto",
        description =
            "auto or f32: weights are read as stored (f32, f16 or bf16) and computed with in f32."
                + " Other types are not offered yet. Default: ${DEFAULT-VALUE}.")
    String dtype = "auto";

    Engine open(Console console, OutputOptions output) {
      if (!dtype.equals("auto") && !dtype.equals("f32")) {
        throw new BadInputException(
            "--dtype %s is not offered; use auto or f32 (weights stored as f16 or bf16 are read as such and computed with in f32)"
                .formatted(dtype));
      }
      EngineOptions options = EngineOptions.defaults().withBackend(device);
      if (threads.isPresent()) {
        options = options.withThreads(atLeastOne("--threads", threads.get()));
      }
      Engine engine = Engine.open(options);
      if (console.interactive()) {
        output.note(console, engine.backend().describe());
      }
      return engine;
    }
  }

  ModelFiles files(Console console) {
    return model
        .map(name -> new ModelLocator(console.environment(), console.home()).locate(name))
        .orElseGet(Models::shipped);
  }

  int batchSize() {
    return atLeastOne("--batch-size", batchSize);
  }

  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new BadInputException("%s is %d, expected 1 or more".formatted(option, value));
    }
    return value;
  }
}
