package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;

/** The derivatives of operations on [batch, channels, height, width]. */
final class PictureDerivatives {
  private PictureDerivatives() {}

  /** Visits every position of every window that lies inside the picture. */
  private interface Visitor {
    void visit(int n, int group, int y, int x, int dy, int dx, int row, int column);
  }

  private static void windows(Picture in, Picture out, Conv2d window, Visitor visitor) {
    for (int n = 0; n < out.batch(); n++) {
      for (int group = 0; group < window.groups(); group++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            for (int dy = 0; dy < window.kernelHeight(); dy++) {
              for (int dx = 0; dx < window.kernelWidth(); dx++) {
                int row = y * window.stride() - window.padding() + dy;
                int column = x * window.stride() - window.padding() + dx;
                if (in.contains(row, column)) {
                  visitor.visit(n, group, y, x, dy, dx, row, column);
                }
              }
            }
          }
        }
      }
    }
  }

  static void conv2dInput(Tensor gradient, Tensor weight, Conv2d window, Tensor output) {
    Picture g = Picture.of(gradient);
    Picture w = Picture.of(weight);
    Picture out = Picture.of(output);
    out.clear();
    int inChannels = out.channels() / window.groups();
    int outChannels = g.channels() / window.groups();
    windows(
        out,
        g,
        window,
        (n, group, y, x, dy, dx, row, column) -> {
          for (int o = group * outChannels; o < (group + 1) * outChannels; o++) {
            for (int c = 0; c < inChannels; c++) {
              out.add(
                  n, group * inChannels + c, row, column, g.get(n, o, y, x) * w.get(o, c, dy, dx));
            }
          }
        });
  }

  static void conv2dWeight(Tensor input, Tensor gradient, Conv2d window, Tensor output) {
    Picture in = Picture.of(input);
    Picture g = Picture.of(gradient);
    Picture out = Picture.of(output);
    out.clear();
    int inChannels = in.channels() / window.groups();
    int outChannels = g.channels() / window.groups();
    windows(
        in,
        g,
        window,
        (n, group, y, x, dy, dx, row, column) -> {
          for (int o = group * outChannels; o < (group + 1) * outChannels; o++) {
            for (int c = 0; c < inChannels; c++) {
              out.add(
                  o, c, dy, dx, g.get(n, o, y, x) * in.get(n, group * inChannels + c, row, column));
            }
          }
        });
  }

  static void patchify(Tensor gradient, int patch, Tensor output) {
    Rows gradients = Rows.of(gradient);
    Picture out = Picture.of(output);
    out.clear();
    int columns = out.width() / patch;
    int perPicture = gradient.dim(1);
    for (int token = 0; token < gradients.count(); token++) {
      double[] values = gradients.read(token);
      int position = token % perPicture;
      int i = 0;
      for (int c = 0; c < out.channels(); c++) {
        for (int dy = 0; dy < patch; dy++) {
          for (int dx = 0; dx < patch; dx++) {
            out.set(
                token / perPicture,
                c,
                position / columns * patch + dy,
                position % columns * patch + dx,
                values[i++]);
          }
        }
      }
    }
  }

  static void maxPool2d(Tensor input, Conv2d window, Tensor gradient, Tensor output) {
    Picture in = Picture.of(input);
    Picture g = Picture.of(gradient);
    Picture out = Picture.of(output);
    out.clear();
    for (int n = 0; n < g.batch(); n++) {
      for (int c = 0; c < g.channels(); c++) {
        for (int y = 0; y < g.height(); y++) {
          for (int x = 0; x < g.width(); x++) {
            addToLargest(in, window, n, c, y, x, g.get(n, c, y, x), out);
          }
        }
      }
    }
  }

  private static void addToLargest(
      Picture in, Conv2d window, int n, int c, int y, int x, double gradient, Picture out) {
    double max = Double.NEGATIVE_INFINITY;
    int bestRow = -1;
    int bestColumn = -1;
    for (int dy = 0; dy < window.kernelHeight(); dy++) {
      for (int dx = 0; dx < window.kernelWidth(); dx++) {
        int row = y * window.stride() - window.padding() + dy;
        int column = x * window.stride() - window.padding() + dx;
        if (in.contains(row, column) && (bestRow < 0 || in.get(n, c, row, column) > max)) {
          max = in.get(n, c, row, column);
          bestRow = row;
          bestColumn = column;
        }
      }
    }
    if (bestRow >= 0) {
      out.add(n, c, bestRow, bestColumn, gradient);
    }
  }

  static void averagePool2d(Tensor gradient, Conv2d window, Tensor output) {
    Picture g = Picture.of(gradient);
    Picture out = Picture.of(output);
    out.clear();
    double share = 1.0 / (window.kernelHeight() * window.kernelWidth());
    windows(
        out,
        g,
        window,
        (n, group, y, x, dy, dx, row, column) -> {
          for (int c = 0; c < out.channels(); c++) {
            out.add(n, c, row, column, g.get(n, c, y, x) * share);
          }
        });
  }

  static void interpolateBicubic(
      Tensor gradient, double scaleHeight, double scaleWidth, Tensor output) {
    Picture g = Picture.of(gradient);
    Picture out = Picture.of(output);
    out.clear();
    for (int n = 0; n < g.batch(); n++) {
      for (int c = 0; c < g.channels(); c++) {
        for (int y = 0; y < g.height(); y++) {
          for (int x = 0; x < g.width(); x++) {
            double sourceY = (y + 0.5) * scaleHeight - 0.5;
            double sourceX = (x + 0.5) * scaleWidth - 0.5;
            Pictures.spreadBicubic(out, n, c, sourceY, sourceX, g.get(n, c, y, x));
          }
        }
      }
    }
  }
}
