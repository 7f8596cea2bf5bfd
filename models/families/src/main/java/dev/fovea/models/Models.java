package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Checkpoint;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Opens models. */
public final class Models {
  private static final String SHIPPED = "META-INF/fovea/models/fovea-emoji-clip";

  private Models() {}

  /**
   * Opens a model folder on the best backend and all processors. Closing the model gives everything
   * back.
   *
   * @throws BadInputException if the folder holds no model of a known family, or one that is
   *     damaged
   */
  public static Model open(Path directory) {
    return open(ModelFiles.directory(directory));
  }

  /** Opens a model as {@link #open(Path)} does. */
  public static Model open(ModelFiles files) {
    Engine engine = Engine.open();
    try {
      return open(files, engine, true);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /**
   * Opens a model folder as {@link #open(Path)} does, for one use.
   *
   * @param kind {@link ImageTextModel} or another interface of this package
   * @throws BadInputException if the folder holds a model that cannot do that, too
   */
  public static <T> T open(Path directory, Class<T> kind) {
    return as(open(directory), kind);
  }

  /** Opens the small model that ships with Fovea, from the artifact fovea-emoji-clip. */
  public static ImageTextModel openShipped() {
    return as(open(shipped()), ImageTextModel.class);
  }

  /**
   * Opens a model on an engine, which may serve other models too and stays open when the model
   * closes.
   *
   * @throws BadInputException if the folder holds no model of a known family, or one that is
   *     damaged
   */
  public static Model open(ModelFiles files, Engine engine) {
    return open(files, engine, false);
  }

  /** Opens a model folder on an engine, as {@link #open(ModelFiles, Engine)} does. */
  public static Model open(Path directory, Engine engine) {
    return open(ModelFiles.directory(directory), engine);
  }

  /**
   * The files of the small model that ships with Fovea, from the artifact fovea-emoji-clip.
   *
   * @throws BadInputException if that artifact is not on the class path
   */
  public static ModelFiles shipped() {
    ModelFiles files = ModelFiles.resources(Models.class, SHIPPED);
    if (!files.contains("config.json")) {
      throw new BadInputException(
          "the shipped model is not here; add the artifact dev.fovea:fovea-emoji-clip or name a model folder");
    }
    return files;
  }

  /**
   * The family of a model folder.
   *
   * @throws BadInputException if no family knows it
   */
  public static ModelFamily familyOf(ModelFiles files) {
    return Families.ALL.stream()
        .filter(family -> family.accepts(files))
        .findFirst()
        .orElseThrow(() -> unknown(files));
  }

  private static Model open(ModelFiles files, Engine engine, boolean ownsEngine) {
    ModelFamily family = familyOf(files);
    Checkpoint checkpoint = Checkpoint.open(files, family.layout(files));
    try {
      return family.open(new ModelContext(files, checkpoint, engine, ownsEngine));
    } catch (RuntimeException e) {
      checkpoint.close();
      throw e;
    }
  }

  private static <T> T as(Model model, Class<T> kind) {
    try {
      return model.as(kind);
    } catch (BadInputException e) {
      model.close();
      throw e;
    }
  }

  private static BadInputException unknown(ModelFiles files) {
    String known = Families.ALL.stream().map(ModelFamily::name).collect(Collectors.joining(", "));
    String type = ModelFamily.modelType(files);
    return new BadInputException(
        type.isEmpty()
            ? "%s: no model; expected a config.json with a model_type, open_clip_config.json or an OpenAI .pt file"
                .formatted(files.describe("config.json"))
            : "%s: model_type '%s' is not known; known families: %s"
                .formatted(files.describe("config.json"), type, known));
  }
}
