package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/** Operations on [batch, channels, height, width]. */
final class Pictures {
  private static final double CUBIC = -0.75;

  private Pictures() {}

  static void conv2d(
      Tensor input,
      RowMajorWeight weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor output) {
    Picture in = Picture.of(input);
    Picture out = Picture.of(output);
    Elements weights = weight.elements();
    double[] summands = Products.biasOrZeros(bias, weight.outFeatures());
    int inChannels = in.channels() / window.groups();
    int outChannels = out.channels() / window.groups();
    double[] seen = new double[weight.inFeatures()];
    for (int n = 0; n < out.batch(); n++) {
      for (int group = 0; group < window.groups(); group++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            look(in, n, group * inChannels, inChannels, window, y, x, seen);
            for (int o = group * outChannels; o < (group + 1) * outChannels; o++) {
              double sum = weights.dot(seen, (long) o * seen.length) + summands[o];
              out.set(n, o, y, x, Functions.apply(activation, sum));
            }
          }
        }
      }
    }
  }

  /** What the window at output position (y, x) sees, channel by channel; 0 outside the picture. */
  private static void look(
      Picture in,
      int n,
      int firstChannel,
      int channels,
      Conv2d window,
      int y,
      int x,
      double[] seen) {
    int i = 0;
    for (int c = firstChannel; c < firstChannel + channels; c++) {
      for (int dy = 0; dy < window.kernelHeight(); dy++) {
        for (int dx = 0; dx < window.kernelWidth(); dx++) {
          int row = y * window.stride() - window.padding() + dy;
          int column = x * window.stride() - window.padding() + dx;
          seen[i++] = in.contains(row, column) ? in.get(n, c, row, column) : 0;
        }
      }
    }
  }

  static void patchify(Tensor input, int patch, Tensor output) {
    Picture in = Picture.of(input);
    Rows out = Rows.of(output);
    int columns = in.width() / patch;
    int perPicture = output.dim(1);
    Conv2d window = Conv2d.square(patch, patch, 0);
    double[] seen = new double[out.length()];
    for (int row = 0; row < out.count(); row++) {
      int position = row % perPicture;
      look(
          in,
          row / perPicture,
          0,
          in.channels(),
          window,
          position / columns,
          position % columns,
          seen);
      out.write(row, seen);
    }
  }

  static void maxPool2d(Tensor input, Conv2d window, Tensor output) {
    pool(input, window, output, true);
  }

  static void averagePool2d(Tensor input, Conv2d window, Tensor output) {
    pool(input, window, output, false);
  }

  private static void pool(Tensor input, Conv2d window, Tensor output, boolean largest) {
    Picture in = Picture.of(input);
    Picture out = Picture.of(output);
    int area = window.kernelHeight() * window.kernelWidth();
    for (int n = 0; n < out.batch(); n++) {
      for (int c = 0; c < out.channels(); c++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            double max = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (int dy = 0; dy < window.kernelHeight(); dy++) {
              for (int dx = 0; dx < window.kernelWidth(); dx++) {
                int row = y * window.stride() - window.padding() + dy;
                int column = x * window.stride() - window.padding() + dx;
                if (in.contains(row, column)) {
                  max = Math.max(max, in.get(n, c, row, column));
                  sum += in.get(n, c, row, column);
                }
              }
            }
            out.set(n, c, y, x, largest ? max : sum / area);
          }
        }
      }
    }
  }

  static void interpolateBicubic(
      Tensor input, double scaleHeight, double scaleWidth, Tensor output) {
    Picture in = Picture.of(input);
    Picture out = Picture.of(output);
    for (int n = 0; n < out.batch(); n++) {
      for (int c = 0; c < out.channels(); c++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            double sourceY = (y + 0.5) * scaleHeight - 0.5;
            double sourceX = (x + 0.5) * scaleWidth - 0.5;
            out.set(n, c, y, x, bicubicSample(in, n, c, sourceY, sourceX));
          }
        }
      }
    }
  }

  private static double bicubicSample(Picture in, int n, int c, double y, double x) {
    int top = (int) Math.floor(y) - 1;
    int left = (int) Math.floor(x) - 1;
    double sum = 0;
    for (int dy = 0; dy < 4; dy++) {
      int row = Math.clamp(top + dy, 0, in.height() - 1);
      double inRow = 0;
      for (int dx = 0; dx < 4; dx++) {
        int column = Math.clamp(left + dx, 0, in.width() - 1);
        inRow += cubic(x - (left + dx)) * in.get(n, c, row, column);
      }
      sum += cubic(y - (top + dy)) * inRow;
    }
    return sum;
  }

  /** The transpose of {@link #bicubicSample}: adds a value to what the sample reads. */
  static void spreadBicubic(Picture out, int n, int c, double y, double x, double value) {
    int top = (int) Math.floor(y) - 1;
    int left = (int) Math.floor(x) - 1;
    for (int dy = 0; dy < 4; dy++) {
      int row = Math.clamp(top + dy, 0, out.height() - 1);
      for (int dx = 0; dx < 4; dx++) {
        int column = Math.clamp(left + dx, 0, out.width() - 1);
        out.add(n, c, row, column, cubic(y - (top + dy)) * cubic(x - (left + dx)) * value);
      }
    }
  }

  /** The cubic convolution kernel (Keys 1981) at a distance below 2. */
  private static double cubic(double distance) {
    double d = Math.abs(distance);
    return d <= 1
        ? ((CUBIC + 2) * d - (CUBIC + 3)) * d * d + 1
        : ((CUBIC * d - 5 * CUBIC) * d + 8 * CUBIC) * d - 4 * CUBIC;
  }
}
