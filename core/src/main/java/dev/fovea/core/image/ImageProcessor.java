package dev.fovea.core.image;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.files.ModelFiles;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Brings pictures into the form that a model was trained on, equal to the Pillow-based processors
 * of transformers bit by bit. Thread-safe.
 */
public interface ImageProcessor {
  /**
   * Resizes, crops, rescales and normalises.
   *
   * @throws BadInputException if the picture is too long and narrow for that
   */
  Pixels process(Image image);

  /**
   * The processor that a model folder asks for: {@code preprocessor_config.json}, {@code
   * processor_config.json}, or else the {@code preprocess_cfg} of {@code open_clip_config.json}.
   *
   * @throws BadInputException if there is none, or it asks for something unknown
   */
  static ImageProcessor load(ModelFiles files) {
    Optional<String> modelType =
        files.jsonIfPresent("config.json").flatMap(node -> node.path("model_type").asStringOpt());
    Optional<JsonNode> nested = files.jsonIfPresent("processor_config.json");
    if (nested.isPresent() && nested.get().hasNonNull("image_processor")) {
      String source = files.describe("processor_config.json");
      return TransformersConfig.read(nested.get().path("image_processor"), source, modelType);
    }
    if (files.contains("preprocessor_config.json")) {
      String source = files.describe("preprocessor_config.json");
      return TransformersConfig.read(files.json("preprocessor_config.json"), source, modelType);
    }
    return openClip(files);
  }

  /**
   * The processor of a model of transformers.
   *
   * @param config the content of {@code preprocessor_config.json}, which names its processor
   * @param source what to call it in an error
   * @throws BadInputException if it asks for something unknown
   */
  static ImageProcessor transformers(JsonNode config, String source) {
    return TransformersConfig.read(config, source, Optional.empty());
  }

  /**
   * The processor of an open_clip model, also where the folder has another one for transformers.
   *
   * @throws BadInputException if there is none, or it asks for something unknown
   */
  static ImageProcessor openClip(ModelFiles files) {
    if (!files.contains("open_clip_config.json")) {
      throw new BadInputException(
          files.describe("preprocessor_config.json")
              + ": no such file; it says how the model wants its pictures, copy it from the model's origin");
    }
    return openClip(files.json("open_clip_config.json"), files.describe("open_clip_config.json"));
  }

  /**
   * The processor of an open_clip model.
   *
   * @param config the content of {@code open_clip_config.json}
   * @param source what to call it in an error
   * @throws BadInputException if it asks for something unknown
   */
  static ImageProcessor openClip(JsonNode config, String source) {
    return OpenClipConfig.read(Config.of(config, source));
  }

  /**
   * What OpenAI's CLIP does with pictures; its .pt files do not say so.
   *
   * @param imageSize rows and columns that the model takes
   */
  static ImageProcessor openAiClip(int imageSize) {
    return OpenClipConfig.openAi(imageSize);
  }
}
