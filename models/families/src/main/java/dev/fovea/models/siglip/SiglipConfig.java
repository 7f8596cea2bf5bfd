package dev.fovea.models.siglip;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.layers.PatchGrid;
import dev.fovea.models.layers.TransformerConfig;

/** The sizes of a SigLIP model. */
public record SiglipConfig(Text text, Vision vision) {
  private static final TransformerConfig BASE =
      new TransformerConfig(768, 3072, 12, 12, Activation.GELU_TANH, 1e-6);

  /**
   * The text side.
   *
   * @param maxPositionEmbeddings tokens that every text is padded to
   * @param projectionSize dimensions of the shared space
   */
  public record Text(
      TransformerConfig transformer, int vocabSize, int maxPositionEmbeddings, int projectionSize) {
    static Text read(Config config) {
      TransformerConfig transformer = TransformerConfig.read(config, BASE);
      return new Text(
          transformer,
          config.size("vocab_size", 32000),
          config.size("max_position_embeddings", 64),
          config.size("projection_size", transformer.hiddenSize()));
    }
  }

  /** The picture side. */
  public record Vision(TransformerConfig transformer, PatchGrid grid) {
    static Vision read(Config config) {
      config.check(
          config.flag("vision_use_head", true),
          "vision_use_head is false; without the pooling head there is no picture vector");
      return new Vision(
          TransformerConfig.read(config, BASE), PatchGrid.read(config, new PatchGrid(3, 224, 16)));
    }
  }

  /**
   * Reads the config.json of a {@code SiglipModel}; absent fields take the defaults of
   * transformers.
   */
  public static SiglipConfig read(Config config) {
    SiglipConfig read =
        new SiglipConfig(
            Text.read(config.object("text_config")), Vision.read(config.object("vision_config")));
    int text = read.text.projectionSize;
    int vision = read.vision.transformer.hiddenSize();
    config.check(
        text == vision,
        "text_config.projection_size %d and vision_config.hidden_size %d differ, but pictures and texts share one space"
            .formatted(text, vision));
    return read;
  }
}
