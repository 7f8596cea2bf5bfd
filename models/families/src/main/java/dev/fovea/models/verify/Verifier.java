package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Replays recorded cases; the format is described in the README beside them. */
public final class Verifier {
  /** Asked in this order; a model folder may hold a tokenizer, too. */
  private static final List<CaseVerifier> KINDS =
      List.of(
          new ModelVerifier(),
          new TrainingVerifier(),
          new TokenizerVerifier(),
          new PreprocessVerifier());

  private Verifier() {}

  /** Whether a folder holds a recorded case of a kind that can be replayed. */
  public static boolean isCase(Path directory) {
    return Files.isDirectory(directory) && KINDS.stream().anyMatch(kind -> kind.accepts(directory));
  }

  /**
   * Replays one case.
   *
   * @param directory a model, tokenizer, preprocessing or training case, told apart by what it
   *     holds
   * @throws BadInputException if it holds none of them, or something in it does not open or run at
   *     all; a difference is a failed check in the report
   */
  public static CaseReport verify(Path directory, Engine engine) {
    if (!Files.isDirectory(directory)) {
      throw new BadInputException(directory + ": no such directory");
    }
    return KINDS.stream()
        .filter(kind -> kind.accepts(directory))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s: no recorded case; expected expected.json beside a model or a preprocessor_config.json, cases.json beside a tokenizer, or a training case"
                        .formatted(directory)))
        .verify(directory, engine);
  }
}
