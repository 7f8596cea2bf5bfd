package dev.fovea.core.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The image processors of transformers that are known, with their defaults. */
enum ProcessorType {
  CLIP(Means.CLIP, Resample.BICUBIC, 224, false, 224),
  SIGLIP(Means.HALF, Resample.BICUBIC, 224, true, 0),
  VIT(Means.HALF, Resample.BILINEAR, 224, true, 0),
  DEIT(Means.HALF, Resample.BICUBIC, 256, true, 224),
  BLIP(Means.CLIP, Resample.BICUBIC, 384, true, 0),
  BIT(Means.CLIP, Resample.BICUBIC, 224, false, 224),
  CONVNEXT(Means.HALF, Resample.BILINEAR, 384, false, 0),
  LLAVA(Means.CLIP, Resample.BICUBIC, 224, false, 224),
  IDEFICS(Means.CLIP, Resample.BICUBIC, 224, true, 0);

  /** Where a configuration does not name its processor, the model's type decides. */
  private static final Map<String, ProcessorType> BY_MODEL_TYPE =
      Map.ofEntries(
          Map.entry("clip", CLIP),
          Map.entry("clip_vision_model", CLIP),
          Map.entry("siglip", SIGLIP),
          Map.entry("siglip_vision_model", SIGLIP),
          Map.entry("vit", VIT),
          Map.entry("deit", DEIT),
          Map.entry("blip", BLIP),
          Map.entry("blip-2", BLIP),
          Map.entry("dinov2", BIT),
          Map.entry("bit", BIT),
          Map.entry("resnet", CONVNEXT),
          Map.entry("convnext", CONVNEXT),
          Map.entry("llava", CLIP),
          Map.entry("idefics", IDEFICS));

  private static final List<String> SUFFIXES =
      List.of("ImageProcessorFast", "ImageProcessorPil", "ImageProcessor", "FeatureExtractor");

  private final PixelValues.Normalization normalization;
  private final Resample filter;
  private final int size;
  private final boolean square;
  private final int crop;

  ProcessorType(
      PixelValues.Normalization normalization,
      Resample filter,
      int size,
      boolean square,
      int crop) {
    this.normalization = normalization;
    this.filter = filter;
    this.size = size;
    this.square = square;
    this.crop = crop;
  }

  /** By the class name in a configuration, of a slow or fast processor or a feature extractor. */
  static Optional<ProcessorType> byClassName(String name) {
    for (String suffix : SUFFIXES) {
      if (name.endsWith(suffix)) {
        String stem = name.substring(0, name.length() - suffix.length()).toUpperCase(Locale.ROOT);
        return Set.of(values()).stream().filter(type -> type.name().equals(stem)).findFirst();
      }
    }
    return Optional.empty();
  }

  static Optional<ProcessorType> byModelType(String modelType) {
    return Optional.ofNullable(BY_MODEL_TYPE.get(modelType));
  }

  PixelValues.Normalization normalization() {
    return normalization;
  }

  Resample filter() {
    return filter;
  }

  /** The size where a configuration has none. */
  int size() {
    return size;
  }

  /** Whether a single number as size means both sides, and not the shorter one. */
  boolean square() {
    return square;
  }

  boolean canCrop() {
    return crop > 0;
  }

  /** The side of the crop where a configuration has none. */
  int crop() {
    return crop;
  }
}
