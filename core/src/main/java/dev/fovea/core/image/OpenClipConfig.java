package dev.fovea.core.image;

import dev.fovea.core.checkpoint.Config;
import java.util.List;
import java.util.Optional;

/** What open_clip and OpenAI's CLIP do with pictures, with the arithmetic of torchvision. */
final class OpenClipConfig {
  private static final int MAX_SIZE = 4096;

  private OpenClipConfig() {}

  /** OpenAI's transform: shorter side, middle, CLIP's normalisation. */
  static ImageProcessor openAi(int imageSize) {
    Scaling.Size size = new Scaling.Size(imageSize, imageSize);
    return shortest(size, Resample.BICUBIC, PixelValues.ofTorchvision(Means.CLIP));
  }

  /** Reads {@code open_clip_config.json}. */
  static ImageProcessor read(Config root) {
    Config config = root.object("preprocess_cfg");
    Scaling.Size size =
        config.has("size")
            ? size(config, "size")
            : size(root.object("model_cfg").object("vision_cfg"), "image_size");
    PixelValues values =
        PixelValues.ofTorchvision(ChannelValues.normalization(config, "mean", "std", Means.CLIP));
    String interpolation = config.text("interpolation", "bicubic");
    Resample filter =
        switch (interpolation) {
          case "bicubic" -> Resample.BICUBIC;
          case "bilinear" -> Resample.BILINEAR;
          default -> throw config.wrong("interpolation", "bicubic or bilinear");
        };
    int gray = config.integer("fill_color", 0, 0, 255);
    String mode = config.text("resize_mode", "shortest");
    return switch (mode) {
      case "shortest" -> shortest(size, filter, values);
      case "squash" -> processor(new Scaling.Exact(size), filter, Optional.empty(), values);
      case "longest" ->
          processor(
              new Scaling.KeepRatio(size, true),
              filter,
              Optional.of(crop(size, new Rgb(gray, gray, gray))),
              values);
      default -> throw config.wrong("resize_mode", "shortest, longest or squash");
    };
  }

  private static ImageProcessor shortest(Scaling.Size size, Resample filter, PixelValues values) {
    Scaling scaling =
        size.width() == size.height()
            ? new Scaling.ShortestEdge(size.width())
            : new Scaling.KeepRatio(size, false);
    return processor(scaling, filter, Optional.of(crop(size, Rgb.BLACK)), values);
  }

  private static Preprocessing.Crop crop(Scaling.Size size, Rgb fill) {
    return new Preprocessing.Crop(size, CenterCrop.TORCHVISION, fill);
  }

  private static ImageProcessor processor(
      Scaling scaling, Resample filter, Optional<Preprocessing.Crop> crop, PixelValues values) {
    return new Preprocessing(Optional.empty(), Optional.empty(), scaling, filter, crop, values);
  }

  /** One number, or height and width. */
  private static Scaling.Size size(Config config, String field) {
    if (config.node(field).isArray()) {
      List<Integer> sides = config.sizes(field, List.of());
      config.check(
          sides.size() == 2 && sides.getFirst() <= MAX_SIZE && sides.getLast() <= MAX_SIZE,
          "%s is not a height and a width up to %d".formatted(field, MAX_SIZE));
      return new Scaling.Size(sides.getLast(), sides.getFirst());
    }
    int side = config.integer(field, 224, 1, MAX_SIZE);
    return new Scaling.Size(side, side);
  }
}
