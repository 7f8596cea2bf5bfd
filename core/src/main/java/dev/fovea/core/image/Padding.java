package dev.fovea.core.image;

import dev.fovea.core.BadInputException;
import java.util.Optional;

/** Puts pictures onto larger ones of one colour. */
final class Padding {
  /** As many as a picture file may have. */
  private static final long MAX_SQUARE_PIXELS = 178_956_970;

  private Padding() {}

  /**
   * Pads RGB bytes.
   *
   * @param from the size that they have
   * @param left columns before the picture
   * @param top rows above it
   */
  static byte[] pad(byte[] rgb, Resize.Window from, Scaling.Size to, int left, int top, Rgb fill) {
    byte[] padded = new byte[Resize.CHANNELS * to.width() * to.height()];
    for (int i = 0; i < padded.length; i += Resize.CHANNELS) {
      padded[i] = (byte) fill.red();
      padded[i + 1] = (byte) fill.green();
      padded[i + 2] = (byte) fill.blue();
    }
    int rowBytes = Resize.CHANNELS * from.width();
    for (int y = 0; y < from.height(); y++) {
      int at = Resize.CHANNELS * ((top + y) * to.width() + left);
      System.arraycopy(rgb, y * rowBytes, padded, at, rowBytes);
    }
    return padded;
  }

  /** The picture in the middle of a square, as LLaVA wants it: the margin before rounded down. */
  static Image toSquare(Image image, Rgb fill) {
    int side = Math.max(image.width(), image.height());
    if (image.width() == image.height()) {
      return image;
    }
    if ((long) side * side > MAX_SQUARE_PIXELS) {
      throw new BadInputException(
          "a picture of %d x %d pixels is too long and narrow to be padded to a square"
              .formatted(image.width(), image.height()));
    }
    byte[] rgb =
        pad(
            image.rgb(),
            new Resize.Window(0, 0, image.width(), image.height()),
            new Scaling.Size(side, side),
            (side - image.width()) / 2,
            (side - image.height()) / 2,
            fill);
    return new Image(side, side, rgb, Optional.empty());
  }
}
