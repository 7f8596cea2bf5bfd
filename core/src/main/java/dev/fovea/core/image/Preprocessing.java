package dev.fovea.core.image;

import dev.fovea.core.BadInputException;
import java.util.Optional;

/**
 * The steps from a picture to pixel values, in their order.
 *
 * @param alphaBackground what transparent pictures are laid on; without it their alpha is dropped
 * @param squareBackground what pictures are padded with to a square before resizing
 * @param crop the middle of the resized picture that is kept
 */
record Preprocessing(
    Optional<Rgb> alphaBackground,
    Optional<Rgb> squareBackground,
    Scaling scaling,
    Resample filter,
    Optional<Crop> crop,
    PixelValues values)
    implements ImageProcessor {
  /** More than any model takes. */
  static final int MAX_PIXELS = 1 << 24;

  /**
   * A crop around the middle.
   *
   * @param fill what surrounds a picture that is smaller
   */
  record Crop(Scaling.Size size, CenterCrop rule, Rgb fill) {}

  @Override
  public Pixels process(Image image) {
    Image opaque = alphaBackground.map(color -> Compositing.onto(image, color)).orElse(image);
    Image source = squareBackground.map(color -> Padding.toSquare(opaque, color)).orElse(opaque);
    Scaling.Size scaled = scaling.apply(source.width(), source.height());
    Scaling.Size kept = crop.map(Crop::size).orElse(scaled);
    if ((long) kept.width() * kept.height() > MAX_PIXELS) {
      throw new BadInputException(
          "a picture of %d x %d pixels would become %d x %d for the model, more than Fovea takes"
              .formatted(image.width(), image.height(), kept.width(), kept.height()));
    }
    int left = crop.map(c -> c.rule.start(scaled.width(), kept.width())).orElse(0);
    int top = crop.map(c -> c.rule.start(scaled.height(), kept.height())).orElse(0);
    Resize.Window window =
        new Resize.Window(
            Math.max(0, left),
            Math.max(0, top),
            Math.min(kept.width(), scaled.width()),
            Math.min(kept.height(), scaled.height()));
    byte[] rgb = Resize.resize(source, scaled.width(), scaled.height(), filter, window);
    if (window.width() < kept.width() || window.height() < kept.height()) {
      Rgb fill = crop.orElseThrow().fill;
      rgb = Padding.pad(rgb, window, kept, Math.max(0, -left), Math.max(0, -top), fill);
    }
    return new Pixels(toPlanes(rgb), Resize.CHANNELS, kept.height(), kept.width());
  }

  private float[] toPlanes(byte[] rgb) {
    int plane = rgb.length / Resize.CHANNELS;
    float[] planes = new float[rgb.length];
    for (int c = 0; c < Resize.CHANNELS; c++) {
      float[] table = values.table()[c];
      for (int i = 0; i < plane; i++) {
        planes[c * plane + i] = table[rgb[Resize.CHANNELS * i + c] & 0xff];
      }
    }
    return planes;
  }
}
