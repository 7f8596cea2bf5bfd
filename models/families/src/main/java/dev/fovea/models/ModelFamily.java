package dev.fovea.models;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.verify.Replay;
import dev.fovea.models.verify.TrainingReplay;
import java.util.Optional;

/**
 * One family of models: how its folders are told from others, opened, described and held to
 * recorded outputs. Adding a family means one package with one implementation of this, listed in
 * {@link Families}.
 */
public interface ModelFamily {
  /** The family's name, as in {@code clip}. */
  String name();

  /** Whether a folder holds a model of this family, judged by its configuration files. */
  boolean accepts(ModelFiles files);

  /** The two-way table from this folder's tensor names to the family's own. */
  Layout layout(ModelFiles files);

  /** Binds the weights. */
  Model open(ModelContext context);

  /**
   * The tree of layers from configuration alone, without weights.
   *
   * @throws dev.fovea.core.BadInputException if the configuration is wrong
   */
  Structure structure(ModelFiles files);

  /** How to compute again what was recorded from the reference implementation. */
  Replay replay();

  /** How to compute again what was recorded of its training, if any of it was. */
  default Optional<TrainingReplay> trainingReplay() {
    return Optional.empty();
  }

  /** The model's config.json. */
  static Config config(ModelFiles files) {
    return Config.of(files.json("config.json"), files.describe("config.json"));
  }

  /** The {@code model_type} of config.json, or nothing without such a file. */
  static String modelType(ModelFiles files) {
    return files.contains("config.json") ? config(files).text("model_type", "") : "";
  }
}
