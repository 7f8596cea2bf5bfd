package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Replays recorded cases; the format is described in the README beside them. */
public final class Verifier {
  private static final ModelVerifier MODELS = new ModelVerifier();

  /** Asked in this order; a model folder may hold a tokenizer, too. */
  private static final List<CaseVerifier> KINDS =
      List.of(MODELS, new TrainingVerifier(), new TokenizerVerifier(), new PreprocessVerifier());

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

  /**
   * Replays a recording of a model that lies elsewhere, as recordings of large public weights do.
   *
   * @param directory a folder with expected.json and expected.safetensors
   * @param model the model's folder; its weights must have the checksums of the recording
   * @throws BadInputException as {@link #verify(Path, Engine)}
   */
  public static CaseReport verify(Path directory, Path model, Engine engine) {
    if (!Files.isDirectory(directory) || !MODELS.accepts(directory)) {
      throw new BadInputException(
          "%s: no recording of a model; expected expected.json and expected.safetensors"
              .formatted(directory));
    }
    return MODELS.verify(directory, model, engine);
  }
}
