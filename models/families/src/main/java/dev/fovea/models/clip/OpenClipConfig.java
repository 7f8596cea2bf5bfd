package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.layers.TransformerConfig;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reads the {@code model_cfg} of open_clip_config.json; absent fields take the defaults of
 * OpenCLIP. What Fovea does not run is refused by name, since ignoring it would give wrong numbers.
 */
final class OpenClipConfig {
  private OpenClipConfig() {}

  static ClipConfig read(Config file) {
    Config model = file.object("model_cfg");
    model.check(file.has("model_cfg"), "is missing; expected OpenCLIP's model_cfg");
    refuseSet(model, "multimodal_cfg", "audio_cfg", "init_logit_bias");
    model.check(
        !model.flag("nonscalar_logit_scale", false), "nonscalar_logit_scale is not supported");
    boolean quickGelu = model.flag("quick_gelu", false);
    int embedDim = model.size("embed_dim");
    Config textConfig = model.object("text_cfg");
    ClipConfig.Text text = text(textConfig, quickGelu);
    textConfig.check(
        text.projection() != Projection.NONE || text.transformer().hiddenSize() == embedDim,
        "proj_type none needs a width of embed_dim, " + embedDim);
    return new ClipConfig(text, vision(model.object("vision_cfg"), quickGelu), embedDim);
  }

  /**
   * Refuses models whose texts do not go through CLIP's own tokenizer.
   *
   * @throws dev.fovea.core.BadInputException for them
   */
  static void requireClipTokenizer(Config file) {
    Config text = file.object("model_cfg").object("text_cfg");
    refuseSet(text, "hf_tokenizer_name", "tokenizer_kwargs", "tokenizer_mode");
    refuseUnless(text, "tokenizer_type", "");
  }

  private static ClipConfig.Text text(Config config, boolean quickGelu) {
    refuseSet(config, "hf_model_name", "hf_model_config");
    refuseTrue(config, "embed_cls", "variable_text");
    refuseCustomBlocks(config);
    refuseUnless(config, "text_arch", "clip");
    int width = config.size("width", 512);
    return new ClipConfig.Text(
        transformer(config, width, config.size("heads", 8), 12, quickGelu),
        config.size("vocab_size", 49408),
        config.size("context_length", 77),
        !config.flag("no_causal_mask", false),
        textPooling(config),
        textProjection(config));
  }

  private static TextPooling textPooling(Config config) {
    return switch (config.text("pool_type", "argmax")) {
      case "argmax" -> new TextPooling.HighestId();
      case "first" -> new TextPooling.First();
      case "last" -> new TextPooling.Last();
      case "eos" -> {
        config.check(
            config.has("eos_id"), "pool_type eos needs eos_id, the number of the end token");
        yield new TextPooling.FirstOf(config.integer("eos_id", 0, 0, 1 << 24));
      }
      default -> throw config.wrong("pool_type", "argmax, eos, first or last");
    };
  }

  private static Projection textProjection(Config config) {
    return switch (config.text("proj_type", "linear")) {
      case "linear" ->
          config.flag("proj_bias", false) ? Projection.LINEAR_WITH_BIAS : Projection.LINEAR;
      case "none" -> Projection.NONE;
      default -> throw config.wrong("proj_type", "linear or none");
    };
  }

  private static ClipConfig.Vision vision(Config config, boolean quickGelu) {
    refuseSet(config, "timm_model_name");
    int imageSize = square(config, "image_size", 224);
    config.check(
        imageSize <= HuggingFaceConfig.LARGEST_IMAGE,
        "image_size %d is larger than any model takes".formatted(imageSize));
    if (config.node("layers").isArray()) {
      return resNet(config, imageSize);
    }
    refuseTrue(config, "attentional_pool");
    refuseCustomBlocks(config);
    String positions = config.text("pos_embed_type", "learnable");
    if (!positions.equals("learnable") && !positions.equals("sin_cos_2d")) {
      throw config.wrong("pos_embed_type", "learnable or sin_cos_2d");
    }
    int width = config.size("width", 768);
    int headWidth = config.size("head_width", 64);
    int patchSize = square(config, "patch_size", 16);
    config.check(headWidth <= width, "head_width is larger than width");
    config.check(
        patchSize <= imageSize,
        "patch_size %d is larger than image_size %d".formatted(patchSize, imageSize));
    return new ClipConfig.VisionTransformer(
        transformer(config, width, width / headWidth, 12, quickGelu),
        3,
        imageSize,
        patchSize,
        !config.flag("no_ln_pre", false),
        visionPooling(config),
        Projection.LINEAR);
  }

  private static VisionPooling visionPooling(Config config) {
    boolean normAfter = config.flag("final_ln_after_pool", false);
    return switch (config.text("pool_type", "tok")) {
      case "tok" -> VisionPooling.CLASS_TOKEN;
      case "avg" -> normAfter ? VisionPooling.NORM_OF_MEAN : VisionPooling.MEAN_OF_NORMED;
      default -> throw config.wrong("pool_type", "tok or avg");
    };
  }

  private static ClipConfig.VisionResNet resNet(Config config, int imageSize) {
    List<Integer> layers = config.sizes("layers", List.of());
    if (layers.size() != 4
        || layers.stream().anyMatch(count -> count > TransformerConfig.MOST_LAYERS)) {
      throw config.wrong(
          "layers",
          "the number of blocks of 4 stages, each at most " + TransformerConfig.MOST_LAYERS);
    }
    int width = config.size("width", 64);
    int headWidth = config.size("head_width", 64);
    config.check(width % 2 == 0, "width %d is odd".formatted(width));
    config.check(imageSize % 32 == 0, "image_size %d is not a multiple of 32".formatted(imageSize));
    int channels = 32 * width;
    config.check(
        channels % headWidth == 0,
        "head_width %d does not divide the last stage's %d channels"
            .formatted(headWidth, channels));
    return new ClipConfig.VisionResNet(layers, width, channels / headWidth, imageSize);
  }

  private static TransformerConfig transformer(
      Config config, int width, int heads, int defaultLayers, boolean quickGelu) {
    config.check(
        width % heads == 0, "width %d is not a multiple of %d heads".formatted(width, heads));
    return new TransformerConfig(
        width,
        mlpWidth(config, width),
        config.integer("layers", defaultLayers, 1, TransformerConfig.MOST_LAYERS),
        heads,
        activation(config, quickGelu),
        normEps(config),
        config.has("ls_init_value"));
  }

  private static int mlpWidth(Config config, int width) {
    double exact = width * config.number("mlp_ratio", 4);
    config.check(
        exact >= 1 && exact <= 1 << 24,
        "mlp_ratio makes the MLP %s wide".formatted(Double.toString(exact)));
    return (int) exact;
  }

  /** Keyword arguments of PyTorch's GELU and LayerNorm, of which models use one each. */
  private static Activation activation(Config config, boolean quickGelu) {
    Config arguments = config.object("act_kwargs");
    String approximate = arguments.text("approximate", "none");
    if (!approximate.equals("none") && !(approximate.equals("tanh") && !quickGelu)) {
      throw arguments.wrong("approximate", "none, or tanh without quick_gelu");
    }
    if (approximate.equals("tanh")) {
      return Activation.GELU_TANH;
    }
    return quickGelu ? Activation.QUICK_GELU : Activation.GELU;
  }

  private static double normEps(Config config) {
    refuseUnless(config, "norm_type", "layernorm");
    return config.object("norm_kwargs").number("eps", 1e-5);
  }

  /** A size that may be given for both directions. */
  private static int square(Config config, String field, int defaultValue) {
    JsonNode value = config.node(field);
    if (!value.isArray()) {
      return config.size(field, defaultValue);
    }
    List<Integer> both = config.sizes(field, List.of());
    if (both.size() != 2 || !both.get(0).equals(both.get(1))) {
      throw config.wrong(field, "one size, or the same twice");
    }
    return both.getFirst();
  }

  private static void refuseCustomBlocks(Config config) {
    refuseUnless(config, "block_type", "default");
    refuseTrue(
        config,
        "qk_norm",
        "scaled_cosine_attn",
        "scale_heads",
        "scale_attn_inner",
        "scale_attn",
        "scale_fc");
  }

  private static void refuseSet(Config config, String... fields) {
    for (String field : fields) {
      if (config.has(field)) {
        throw config.wrong(field, "nothing; Fovea does not run such models");
      }
    }
  }

  private static void refuseTrue(Config config, String... fields) {
    for (String field : fields) {
      JsonNode value = config.node(field);
      if (!value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.asBoolean())) {
        throw config.wrong(field, "false; Fovea does not run such models");
      }
    }
  }

  private static void refuseUnless(Config config, String field, String value) {
    if (!config.text(field, value).equals(value)) {
      throw config.wrong(field, "'%s'".formatted(value) + "; Fovea does not run such models");
    }
  }
}
