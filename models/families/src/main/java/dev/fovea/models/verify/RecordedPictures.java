package dev.fovea.models.verify;

import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.image.Pixels;
import dev.fovea.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a processor makes of the pictures that a preprocessing folder names.
 *
 * @param directory the folder
 */
record RecordedPictures(Path directory, ImageProcessor processor) {
  private static final String AMBIGUOUS = "@ambiguous";

  /**
   * Whether the format calls what is recorded under a name information: readings of pictures whose
   * axes the reference confused, and pictures with 16-bit gray, which Pillow clips.
   */
  static boolean isInformation(Path directory, String name) {
    if (name.endsWith(AMBIGUOUS)) {
      return true;
    }
    Path decoded = directory.resolveSibling(DecodedPictures.DESCRIPTION);
    return Files.exists(decoded)
        && DecodedPictures.isSixteenBit(Json.read(decoded).path("images").path(name));
  }

  /** The pixel values of a picture: [channels, height, width]. */
  Outputs.Value values(String name) {
    Pixels pixels = process(name);
    return Outputs.Value.of(pixels.values(), pixels.channels(), pixels.height(), pixels.width());
  }

  /** The same in the order of bytes: [height, width, channels]. */
  Outputs.Value rows(String name) {
    Pixels pixels = process(name);
    int plane = pixels.height() * pixels.width();
    float[] rows = new float[pixels.values().length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = pixels.values()[i % pixels.channels() * plane + i / pixels.channels()];
    }
    return Outputs.Value.of(rows, pixels.height(), pixels.width(), pixels.channels());
  }

  private Pixels process(String name) {
    return processor.process(Image.read(ModelCase.imageFolder(directory).resolve(name)));
  }
}
