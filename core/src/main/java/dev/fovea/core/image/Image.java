package dev.fovea.core.image;

import dev.fovea.core.image.codec.Bitmap;
import dev.fovea.core.image.codec.PictureFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A decoded picture in 8-bit RGB, upright (EXIF orientation is applied). Immutable.
 *
 * @param rgb height * width * 3 bytes, row by row; where alpha is 0 the colour is what the file has
 *     there
 * @param alpha height * width bytes, where the file has transparency
 */
public record Image(int width, int height, byte[] rgb, Optional<byte[]> alpha) {
  /** Checks that the arrays hold what the sizes say. */
  public Image {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels with %d bytes".formatted(width, height, rgb.length));
    }
    if (alpha.isPresent() && alpha.get().length != width * height) {
      throw new IllegalArgumentException("alpha does not have one byte for each pixel");
    }
  }

  /**
   * Reads a picture file: PNG, JPEG, GIF (first frame), BMP or WebP, told apart by content.
   *
   * <p>The colours are those of Pillow's {@code convert("RGB")}: alpha is kept apart and not
   * composited, colour profiles are not applied.
   *
   * @throws dev.fovea.core.BadInputException if it is missing, damaged, too large or no picture
   */
  public static Image read(Path file) {
    return of(PictureFiles.read(file));
  }

  /**
   * Decodes a picture.
   *
   * @param source what to call it in an error
   * @throws dev.fovea.core.BadInputException if it is damaged, too large or no picture
   */
  public static Image read(byte[] bytes, String source) {
    return of(PictureFiles.decode(bytes, source));
  }

  private static Image of(Bitmap bitmap) {
    return new Image(bitmap.width(), bitmap.height(), bitmap.rgb(), bitmap.alpha());
  }
}
