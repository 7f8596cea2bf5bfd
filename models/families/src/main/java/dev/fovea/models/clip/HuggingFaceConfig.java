package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.layers.TransformerConfig;
import tools.jackson.databind.JsonNode;

/** Reads config.json as transformers writes it; absent fields take the defaults of transformers. */
final class HuggingFaceConfig {
  /** Larger pictures than any model takes; keeps sizes within an int. */
  static final int LARGEST_IMAGE = 1 << 14;

  private HuggingFaceConfig() {}

  /** The configuration of a {@code CLIPModel}. */
  static ClipConfig both(Config config) {
    return new ClipConfig(
        text(side(config, "text_config"), Projection.LINEAR),
        vision(side(config, "vision_config"), Projection.LINEAR),
        projectionDim(config));
  }

  static int projectionDim(Config config) {
    return config.size("projection_dim", 512);
  }

  /** Whether the file names a class {@code CLIP...WithProjection}. */
  static boolean isWithProjection(Config config) {
    for (JsonNode name : config.node("architectures")) {
      if (name.asString("").endsWith("WithProjection")) {
        return true;
      }
    }
    return false;
  }

  /** Old files state a side twice; then the one that ends in _dict counts. */
  private static Config side(Config config, String field) {
    return config.object(config.has(field + "_dict") ? field + "_dict" : field);
  }

  /** The configuration of a {@code CLIPTextModel}. */
  static ClipConfig.Text text(Config config, Projection projection) {
    return new ClipConfig.Text(
        transformer(config, 512, 2048, 8),
        config.size("vocab_size", 49408),
        config.size("max_position_embeddings", 77),
        true,
        TextPooling.byEosTokenId(config.integer("eos_token_id", 49407, 0, 1 << 24)),
        projection);
  }

  /** The configuration of a {@code CLIPVisionModel}. */
  static ClipConfig.VisionTransformer vision(Config config, Projection projection) {
    int imageSize = config.integer("image_size", 224, 1, LARGEST_IMAGE);
    int patchSize = config.size("patch_size", 32);
    config.check(
        patchSize <= imageSize,
        "patch_size %d is larger than image_size %d".formatted(patchSize, imageSize));
    return new ClipConfig.VisionTransformer(
        transformer(config, 768, 3072, 12),
        config.size("num_channels", 3),
        imageSize,
        patchSize,
        true,
        VisionPooling.CLASS_TOKEN,
        projection);
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
        config.integer("num_hidden_layers", 12, 1, TransformerConfig.MOST_LAYERS),
        heads,
        config.activation("hidden_act", "quick_gelu"),
        config.number("layer_norm_eps", 1e-5));
  }
}
