package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.models.layers.TransformerConfig;

/**
 * The sizes of a CLIP model.
 *
 * @param projectionDim dimensions of the shared space
 */
public record ClipConfig(Text text, Vision vision, int projectionDim) {
  /**
   * The text side.
   *
   * @param pooling where a text's vector is read
   */
  public record Text(
      TransformerConfig transformer,
      int vocabSize,
      int maxPositionEmbeddings,
      TextPooling pooling) {
    static Text read(Config config) {
      return new Text(
          ClipConfig.transformer(config, 512, 2048, 8),
          config.size("vocab_size", 49408),
          config.size("max_position_embeddings", 77),
          TextPooling.byEosTokenId(config.integer("eos_token_id", 49407, 0, 1 << 24)));
    }
  }

  /** The picture side. */
  public record Vision(
      TransformerConfig transformer, int numChannels, int imageSize, int patchSize) {
    public Vision {
      if (patchSize > imageSize) {
        throw new IllegalArgumentException(
            "patch_size %d is larger than image_size %d".formatted(patchSize, imageSize));
      }
    }

    static Vision read(Config config) {
      config.check(
          config.size("patch_size", 32) <= config.size("image_size", 224),
          "patch_size is larger than image_size");
      return new Vision(
          ClipConfig.transformer(config, 768, 3072, 12),
          config.size("num_channels", 3),
          config.size("image_size", 224),
          config.size("patch_size", 32));
    }

    /** Patches of one picture. */
    public int numPatches() {
      return (imageSize / patchSize) * (imageSize / patchSize);
    }
  }

  /**
   * Reads the config.json of a {@code CLIPModel}; absent fields take the defaults of transformers.
   */
  public static ClipConfig read(Config config) {
    return new ClipConfig(
        Text.read(config.object("text_config")),
        Vision.read(config.object("vision_config")),
        config.size("projection_dim", 512));
  }

  private static TransformerConfig transformer(
      Config config, int hiddenSize, int intermediateSize, int numHeads) {
    int hidden = config.size("hidden_size", hiddenSize);
    int heads = config.size("num_attention_heads", numHeads);
    config.check(
        hidden % heads == 0,
        "hidden_size %d is not a multiple of num_attention_heads %d".formatted(hidden, heads));
    return new TransformerConfig(
        hidden,
        config.size("intermediate_size", intermediateSize),
        config.size("num_hidden_layers", 12),
        heads,
        config.activation("hidden_act", "quick_gelu"),
        config.number("layer_norm_eps", 1e-5));
  }
}
