package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;

/** Replays recorded cases; the format is described in the README beside them. */
public final class Verifier {
  private Verifier() {}

  /**
   * Replays one case. A model that does not open or run is a BadInputException; a difference is a
   * failed check in the report.
   *
   * @param directory a model, tokenizer or preprocessing case, told apart by what it holds
   */
  public static CaseReport verify(Path directory, Engine engine) {
    if (Files.exists(directory.resolve("expected.safetensors"))
        && Files.exists(directory.resolve("expected.json"))
        && !Files.exists(directory.resolve("preprocessor_only"))) {
      return ModelVerifier.verify(directory, engine);
    }
    throw new BadInputException(
        "%s: no recorded case; expected expected.json and expected.safetensors, or cases.json"
            .formatted(directory));
  }
}
