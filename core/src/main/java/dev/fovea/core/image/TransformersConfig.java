package dev.fovea.core.image;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the configuration of an image processor of transformers: {@code preprocessor_config.json},
 * or its counterpart within {@code processor_config.json}. Whatever it asks for beyond what is
 * known here is an error.
 */
final class TransformersConfig {
  private static final int MAX_SIZE = 4096;

  /** Fields that all processors share; {@code fovea_alpha_background} is an addition of ours. */
  private static final Set<String> KNOWN =
      Set.of(
          "do_resize",
          "size",
          "resample",
          "do_center_crop",
          "crop_size",
          "do_rescale",
          "rescale_factor",
          "do_normalize",
          "image_mean",
          "image_std",
          "do_convert_rgb",
          "fovea_alpha_background");

  /** Fields that say nothing about pixels. */
  private static final Set<String> HARMLESS =
      Set.of(
          "image_processor_type",
          "feature_extractor_type",
          "processor_class",
          "auto_map",
          "default_to_square",
          "image_seq_length",
          "_valid_processor_keys");

  private final Config config;
  private final JsonNode node;
  private final ProcessorType type;

  private TransformersConfig(Config config, JsonNode node, ProcessorType type) {
    this.config = config;
    this.node = node;
    this.type = type;
  }

  /**
   * Reads a configuration.
   *
   * @param modelType what the model's own configuration calls it, for old files that do not name
   *     their processor
   */
  static ImageProcessor read(JsonNode node, String source, Optional<String> modelType) {
    Config config = Config.of(node, source);
    return new TransformersConfig(config, node, type(config, modelType)).processor();
  }

  private static ProcessorType type(Config config, Optional<String> modelType) {
    String field =
        config.has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
    Optional<String> name = config.optionalText(field);
    if (name.isPresent()) {
      return ProcessorType.byClassName(name.get())
          .orElseThrow(() -> config.wrong(field, "an image processor that Fovea knows"));
    }
    return modelType
        .flatMap(ProcessorType::byModelType)
        .orElseThrow(() -> config.wrong("image_processor_type", "the name of an image processor"));
  }

  private ImageProcessor processor() {
    for (String field : node.propertyNames()) {
      checkKnown(field);
    }
    return type == ProcessorType.IDEFICS ? idefics() : standard();
  }

  private void checkKnown(String field) {
    JsonNode value = node.path(field);
    boolean off = value.isNull() || (value.isBoolean() && !value.booleanValue());
    boolean known =
        switch (field) {
          case "data_format" -> value.asString("").equals("channels_first");
          case "crop_pct" -> type == ProcessorType.CONVNEXT;
          case "do_pad" -> type == ProcessorType.LLAVA;
          case "image_size", "image_num_channels" -> type == ProcessorType.IDEFICS;
          case "do_center_crop" -> type.canCrop();
          default -> KNOWN.contains(field) || HARMLESS.contains(field);
        };
    if (!off && !known) {
      throw new BadInputException(
          "%s: %s is an option of %s that Fovea does not know"
              .formatted(config.source(), field, type.name()));
    }
  }

  private ImageProcessor standard() {
    Scaling scaling = new Scaling.Keep();
    Optional<Preprocessing.Crop> crop = Optional.empty();
    if (config.flag("do_resize", true)) {
      if (type == ProcessorType.CONVNEXT) {
        int side = shortestEdge();
        if (side < 384) {
          double part = config.number("crop_pct", 224.0 / 256);
          config.check(part > 0 && side / part <= MAX_SIZE, "crop_pct is out of range");
          scaling = new Scaling.ShortestEdge((int) (side / part));
          crop = Optional.of(crop(new Scaling.Size(side, side)));
        } else {
          scaling = new Scaling.Exact(new Scaling.Size(side, side));
        }
      } else {
        scaling = scaling();
      }
    }
    if (type.canCrop() && config.flag("do_center_crop", true)) {
      crop = Optional.of(crop(cropSize()));
    }
    return new Preprocessing(
        alphaBackground(), squareBackground(), scaling, filter(), crop, values());
  }

  private static Preprocessing.Crop crop(Scaling.Size size) {
    return new Preprocessing.Crop(size, CenterCrop.HUGGING_FACE, Rgb.BLACK);
  }

  private ImageProcessor idefics() {
    config.check(config.integer("image_num_channels", 3, 1, 4) == 3, "image_num_channels is not 3");
    int side = config.integer("image_size", type.size(), 1, MAX_SIZE);
    ImageProcessor opaque =
        new Preprocessing(
            Optional.empty(),
            Optional.empty(),
            new Scaling.Exact(new Scaling.Size(side, side)),
            type.filter(),
            Optional.empty(),
            PixelValues.ofTransformers(Optional.of(1.0 / 255), Optional.of(normalization())));
    return image -> opaque.process(ChannelGuess.apply(Compositing.onto(image, Rgb.WHITE)));
  }

  private Scaling scaling() {
    if (!config.has("size")) {
      return scaling(type.size(), type.square());
    }
    if (config.node("size").isNumber()) {
      return scaling(config.integer("size", 1, 1, MAX_SIZE), type.square());
    }
    Config size = config.object("size");
    if (size.has("shortest_edge") && !size.has("longest_edge")) {
      return new Scaling.ShortestEdge(size.integer("shortest_edge", 1, 1, MAX_SIZE));
    }
    if (!size.has("height") || !size.has("width")) {
      throw config.wrong("size", "a number, shortest_edge, or height and width");
    }
    return new Scaling.Exact(heightAndWidth(size));
  }

  private static Scaling scaling(int size, boolean square) {
    return square
        ? new Scaling.Exact(new Scaling.Size(size, size))
        : new Scaling.ShortestEdge(size);
  }

  private int shortestEdge() {
    if (!config.has("size")) {
      return type.size();
    }
    if (config.node("size").isNumber()) {
      return config.integer("size", 1, 1, MAX_SIZE);
    }
    if (!config.object("size").has("shortest_edge")) {
      throw config.wrong("size", "a number or shortest_edge");
    }
    return config.object("size").integer("shortest_edge", 1, 1, MAX_SIZE);
  }

  private Scaling.Size cropSize() {
    if (!config.has("crop_size")) {
      return new Scaling.Size(type.crop(), type.crop());
    }
    if (config.node("crop_size").isNumber()) {
      int side = config.integer("crop_size", 1, 1, MAX_SIZE);
      return new Scaling.Size(side, side);
    }
    Config size = config.object("crop_size");
    if (!size.has("height") || !size.has("width")) {
      throw config.wrong("crop_size", "a number, or height and width");
    }
    return heightAndWidth(size);
  }

  private static Scaling.Size heightAndWidth(Config size) {
    return new Scaling.Size(
        size.integer("width", 1, 1, MAX_SIZE), size.integer("height", 1, 1, MAX_SIZE));
  }

  private Resample filter() {
    if (!config.has("resample")) {
      return type.filter();
    }
    return Resample.byNumber(config.integer("resample", 0, Integer.MIN_VALUE, Integer.MAX_VALUE))
        .orElseThrow(() -> config.wrong("resample", "a filter's number from 0 to 5"));
  }

  private PixelValues values() {
    Optional<Double> factor =
        config.flag("do_rescale", true)
            ? Optional.of(config.number("rescale_factor", 1.0 / 255))
            : Optional.empty();
    Optional<PixelValues.Normalization> normalization =
        config.flag("do_normalize", true) ? Optional.of(normalization()) : Optional.empty();
    return PixelValues.ofTransformers(factor, normalization);
  }

  private PixelValues.Normalization normalization() {
    return ChannelValues.normalization(config, "image_mean", "image_std", type.normalization());
  }

  private Optional<Rgb> alphaBackground() {
    return config.has("fovea_alpha_background")
        ? Optional.of(ChannelValues.color(config, "fovea_alpha_background"))
        : Optional.empty();
  }

  /** LLaVA's padding has the colour of the mean. */
  private Optional<Rgb> squareBackground() {
    if (type != ProcessorType.LLAVA || !config.flag("do_pad", false)) {
      return Optional.empty();
    }
    List<Double> mean = normalization().mean();
    return Optional.of(
        new Rgb((int) (mean.get(0) * 255), (int) (mean.get(1) * 255), (int) (mean.get(2) * 255)));
  }
}
