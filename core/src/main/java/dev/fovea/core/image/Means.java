package dev.fovea.core.image;

import java.util.List;

/** Means and standard deviations that models share. */
final class Means {
  /** Of CLIP's training pictures. */
  static final PixelValues.Normalization CLIP =
      new PixelValues.Normalization(
          List.of(0.48145466, 0.4578275, 0.40821073), List.of(0.26862954, 0.26130258, 0.27577711));

  /** Values from -1 to 1. */
  static final PixelValues.Normalization HALF =
      new PixelValues.Normalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

  private Means() {}
}
