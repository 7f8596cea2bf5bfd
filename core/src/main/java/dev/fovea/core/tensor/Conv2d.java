package dev.fovea.core.tensor;

/**
 * How a window slides over a picture.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param stride step in both directions
 * @param padding zeros (for pooling: nothing) added on every side
 * @param groups groups of channels that do not see each other
 */
public record Conv2d(int kernelHeight, int kernelWidth, int stride, int padding, int groups) {
  public Conv2d {
    if (kernelHeight < 1 || kernelWidth < 1 || stride < 1 || padding < 0 || groups < 1) {
      throw new IllegalArgumentException(
          "kernel %dx%d, stride %d, padding %d, groups %d"
              .formatted(kernelHeight, kernelWidth, stride, padding, groups));
    }
  }

  /** A square window without groups. */
  public static Conv2d square(int kernel, int stride, int padding) {
    return new Conv2d(kernel, kernel, stride, padding, 1);
  }

  public int outputHeight(int height) {
    return Math.floorDiv(height + 2 * padding - kernelHeight, stride) + 1;
  }

  public int outputWidth(int width) {
    return Math.floorDiv(width + 2 * padding - kernelWidth, stride) + 1;
  }
}
