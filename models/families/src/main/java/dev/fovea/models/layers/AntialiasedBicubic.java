package dev.fovea.models.layers;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;

/**
 * Bicubic resize with antialiasing, as PyTorch's interpolate does it with {@code antialias=True}:
 * one matrix of filter weights for each direction.
 */
final class AntialiasedBicubic {
  private static final double A = -0.5;

  private AntialiasedBicubic() {}

  /** x: [1, channels, height, width]; returns [1, channels, newHeight, newWidth]. */
  static Tensor resize(Tensor x, int newHeight, int newWidth) {
    int channels = x.dim(1);
    int height = x.dim(2);
    int width = x.dim(3);
    Tensor planes = x.reshape(channels, height, width);
    Tensor wide = planes.matmulTransposed(filter(x.session(), channels, width, newWidth));
    Tensor transposed = wide.permute(0, 2, 1);
    return transposed
        .matmulTransposed(filter(x.session(), channels, height, newHeight))
        .permute(0, 2, 1)
        .reshape(1, channels, newHeight, newWidth);
  }

  /** The weight of every input for every output: [channels, newSize, size], all channels alike. */
  private static Tensor filter(Session session, int channels, int size, int newSize) {
    double scale = (double) size / newSize;
    double stretch = Math.max(scale, 1);
    float[] weights = new float[newSize * size];
    for (int i = 0; i < newSize; i++) {
      double center = scale * (i + 0.5);
      int first = Math.max((int) (center - 2 * stretch + 0.5), 0);
      int end = Math.min((int) (center + 2 * stretch + 0.5), size);
      double sum = 0;
      for (int j = first; j < end; j++) {
        sum += cubic((j - center + 0.5) / stretch);
      }
      for (int j = first; j < end; j++) {
        weights[i * size + j] = (float) (cubic((j - center + 0.5) / stretch) / sum);
      }
    }
    return session.tensor(weights, 1, newSize, size).broadcastTo(Shape.of(channels, newSize, size));
  }

  /** Keys' cubic convolution kernel. */
  private static double cubic(double x) {
    double t = Math.abs(x);
    if (t < 1) {
      return ((A + 2) * t - (A + 3)) * t * t + 1;
    }
    return t < 2 ? ((t - 5) * t + 8) * t * A - 4 * A : 0;
  }
}
