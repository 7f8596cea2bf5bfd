package dev.fovea.core.image;

import java.util.Optional;

/**
 * A picture three pixels high as transformers reads it where nothing tells it the order of the
 * axes: it takes the rows for the channels, the columns for the rows and the colours for the
 * columns. Models of that kind have never seen such pictures any other way.
 */
final class ChannelGuess {
  private ChannelGuess() {}

  static Image apply(Image image) {
    if (image.height() != Resize.CHANNELS) {
      return image;
    }
    byte[] rgb = new byte[image.rgb().length];
    int at = 0;
    for (int column = 0; column < image.width(); column++) {
      for (int color = 0; color < Resize.CHANNELS; color++) {
        for (int row = 0; row < Resize.CHANNELS; row++) {
          rgb[at++] = image.rgb()[Resize.CHANNELS * (row * image.width() + column) + color];
        }
      }
    }
    return new Image(Resize.CHANNELS, image.width(), rgb, Optional.empty());
  }
}
