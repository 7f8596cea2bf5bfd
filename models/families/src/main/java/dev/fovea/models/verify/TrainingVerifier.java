package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Replays a folder of losses, gradients and weights after optimiser steps. */
final class TrainingVerifier implements CaseVerifier {
  @Override
  public boolean accepts(Path directory) {
    return !cases(directory).isEmpty();
  }

  @Override
  public CaseReport verify(Path directory, Engine engine) {
    List<Check> checks = new ArrayList<>();
    for (String name : cases(directory)) {
      try (Arena arena = Arena.ofConfined()) {
        TrainingCase recorded = TrainingCase.open(directory, name, arena);
        Outputs outputs = new Outputs();
        checks.addAll(run(recorded, outputs, engine));
        checks.addAll(compare(recorded, outputs));
      } catch (BadInputException e) {
        checks.add(Check.failed(name, String.valueOf(e.getMessage())));
      }
    }
    return new CaseReport(CaseReport.nameOf(directory), "training", checks.size(), checks);
  }

  private static List<Check> run(TrainingCase recorded, Outputs outputs, Engine engine) {
    if (LoraCase.accepts(recorded)) {
      LoraCase.run(recorded, outputs, engine);
    } else if (ProbeCase.accepts(recorded)) {
      return ProbeCase.run(recorded, outputs);
    } else {
      ModelFiles files = ModelFiles.directory(recorded.directory());
      TrainingReplay replay =
          Models.familyOf(files)
              .trainingReplay()
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "%s: no training of this model family can be replayed"
                              .formatted(recorded.directory())));
      // Each computation starts from the stored weights: training changes a model's parameters.
      try (Model model = Models.open(files, engine)) {
        replay.run(model, recorded, outputs);
      }
    }
    return List.of();
  }

  /** Every recorded tensor is an input, or must have been computed. */
  private static List<Check> compare(TrainingCase recorded, Outputs outputs) {
    List<Check> checks = new ArrayList<>();
    for (String tensor : recorded.tensors().keySet()) {
      if (isInput(tensor) && outputs.tensor(tensor).isEmpty()) {
        continue;
      }
      RecordedTensor expected = recorded.recorded(tensor);
      Check check =
          outputs
              .tensor(tensor)
              .map(value -> expected.compare(value, recorded.tolerance(expected)))
              .orElseGet(() -> Check.failed(tensor, "not computed"));
      checks.add(check.named(recorded.name() + "/" + tensor));
    }
    return checks;
  }

  private static boolean isInput(String tensor) {
    return tensor.startsWith("input.")
        || LoraCase.INPUTS.contains(tensor)
        || ProbeCase.INPUTS.contains(tensor);
  }

  /** Pairs NAME.json and NAME.safetensors where the first says what was trained. */
  private static List<String> cases(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .filter(name -> Files.isRegularFile(directory.resolve(name + ".safetensors")))
          .filter(name -> Json.read(directory.resolve(name + ".json")).path("what").isString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be listed (%s)".formatted(directory, e.getMessage()), e);
    }
  }
}
