package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Recognises training cases and fails them: this version does not train. */
final class TrainingVerifier implements CaseVerifier {
  @Override
  public boolean accepts(Path directory) {
    return !cases(directory).isEmpty();
  }

  @Override
  public CaseReport verify(Path directory, Engine engine) {
    List<Check> checks =
        cases(directory).stream()
            .map(
                name ->
                    Check.failed(name, "this version of Fovea does not train and cannot replay it"))
            .toList();
    return new CaseReport(CaseReport.nameOf(directory), "training", checks.size(), checks);
  }

  /** Pairs NAME.json and NAME.safetensors where the first says what was trained. */
  private static List<String> cases(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".json"))
          .map(file -> file.substring(0, file.length() - ".json".length()))
          .filter(name -> Files.isRegularFile(directory.resolve(name + ".safetensors")))
          .filter(name -> saysWhat(directory.resolve(name + ".json")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be listed (%s)".formatted(directory, e.getMessage()), e);
    }
  }

  private static boolean saysWhat(Path file) {
    return Json.read(file).path("what").isString();
  }
}
