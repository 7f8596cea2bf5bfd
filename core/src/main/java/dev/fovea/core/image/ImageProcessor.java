package dev.fovea.core.image;

import dev.fovea.core.files.ModelFiles;

/** Brings pictures into the form that a model was trained on. Thread-safe. */
public interface ImageProcessor {
  /** Resizes, crops, rescales and normalises. */
  Pixels process(Image image);

  /**
   * The processor that a model folder asks for: {@code preprocessor_config.json}, {@code
   * processor_config.json} or the {@code preprocess_cfg} of {@code open_clip_config.json}.
   *
   * @throws dev.fovea.core.BadInputException if there is none, or it asks for something unknown
   */
  static ImageProcessor load(ModelFiles files) {
    return java.util.Optional.<ImageProcessor>empty()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "not yet: " + files.describe("preprocessor_config.json")));
  }

  /** What OpenAI's CLIP does with pictures; its .pt files do not say so. */
  static ImageProcessor openAiClip(int imageSize) {
    return java.util.Optional.<ImageProcessor>empty()
        .orElseThrow(() -> new IllegalStateException("not yet: " + imageSize));
  }
}
