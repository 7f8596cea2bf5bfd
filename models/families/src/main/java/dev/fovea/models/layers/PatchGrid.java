package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Config;

/**
 * How a vision transformer cuts the square pictures that it was trained on.
 *
 * @param imageSize rows and columns of a picture
 * @param patchSize rows and columns of a patch
 */
public record PatchGrid(int numChannels, int imageSize, int patchSize) {
  /** Larger than any model takes; keeps the number of pixels within an int. */
  private static final int LARGEST_IMAGE = 1 << 14;

  /**
   * Reads {@code num_channels}, {@code image_size} and {@code patch_size}.
   *
   * @param defaults what absent fields stand for
   * @throws dev.fovea.core.BadInputException if a field is wrong
   */
  public static PatchGrid read(Config config, PatchGrid defaults) {
    PatchGrid grid =
        new PatchGrid(
            config.size("num_channels", defaults.numChannels),
            config.integer("image_size", defaults.imageSize, 1, LARGEST_IMAGE),
            config.size("patch_size", defaults.patchSize));
    config.check(
        grid.patchSize <= grid.imageSize,
        "patch_size %d is larger than image_size %d".formatted(grid.patchSize, grid.imageSize));
    return grid;
  }

  /** Patches along one side. */
  public int side() {
    return imageSize / patchSize;
  }

  /** Patches of one picture. */
  public int numPatches() {
    return side() * side();
  }
}
