package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.image.Pixels;

/**
 * An image processor for a model that takes pictures of one size only; another size would run, with
 * the wrong positions.
 *
 * @param source what to call the model's configuration in an error
 */
public record FixedSize(ImageProcessor processor, int channels, int side, String source)
    implements ImageProcessor {
  /**
   * The pixels of a picture.
   *
   * @throws BadInputException if they are not of the model's size
   */
  @Override
  public Pixels process(Image image) {
    Pixels pixels = processor.process(image);
    if (pixels.channels() != channels || pixels.height() != side || pixels.width() != side) {
      throw new BadInputException(
          "%s: the model takes pictures of %d x %d x %d, its image processor makes %d x %d x %d; the configurations of model and processor do not belong together"
              .formatted(
                  source,
                  channels,
                  side,
                  side,
                  pixels.channels(),
                  pixels.height(),
                  pixels.width()));
    }
    return pixels;
  }
}
