package dev.fovea.core.tensor;

import java.util.Optional;

/** Operations on [batch, channels, height, width]. */
final class Pictures {
  private Pictures() {}

  static Tensor conv2d(
      Tensor x, Parameter weight, Optional<Parameter> bias, Conv2d window, Activation activation) {
    checkPicture(x);
    Shape w = weight.shape();
    if (w.rank() != 4
        || w.dim(1) * window.groups() != x.dim(1)
        || w.dim(2) != window.kernelHeight()
        || w.dim(3) != window.kernelWidth()
        || w.dim(0) % window.groups() != 0) {
      throw new IllegalArgumentException(
          "weight %s does not fit input %s and %s".formatted(weight, x.shape(), window));
    }
    bias.ifPresent(b -> Products.checkBias(b, weight));
    Tensor out = x.session().allocate(output(x, window, w.dim(0)));
    x.session()
        .backend()
        .conv2d(
            x,
            x.session().engine().packed(weight),
            bias.map(b -> x.session().weight(b)),
            window,
            activation,
            out);
    return out;
  }

  static Tensor patchify(Tensor x, int patch) {
    checkPicture(x);
    int patches = (x.dim(2) / patch) * (x.dim(3) / patch);
    Tensor out = x.session().allocate(Shape.of(x.dim(0), patches, x.dim(1) * patch * patch));
    x.session().backend().patchify(x, patch, out);
    return out;
  }

  static Tensor pool(Tensor x, Conv2d window, boolean max) {
    checkPicture(x);
    Tensor out = x.session().allocate(output(x, window, x.dim(1)));
    if (max) {
      x.session().backend().maxPool2d(x, window, out);
    } else {
      if (window.padding() != 0) {
        throw new IllegalArgumentException("average pooling takes no padding, not " + window);
      }
      x.session().backend().averagePool2d(x, window, out);
    }
    return out;
  }

  static Tensor interpolateBicubic(
      Tensor x, int height, int width, double scaleHeight, double scaleWidth) {
    checkPicture(x);
    if (x.dim(2) == 0 || x.dim(3) == 0) {
      throw new IllegalArgumentException("cannot resize the empty picture " + x.shape());
    }
    Tensor out = x.session().allocate(Shape.of(x.dim(0), x.dim(1), height, width));
    x.session().backend().interpolateBicubic(x, scaleHeight, scaleWidth, out);
    return out;
  }

  private static Shape output(Tensor x, Conv2d window, int channels) {
    int height = window.outputHeight(x.dim(2));
    int width = window.outputWidth(x.dim(3));
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("%s is larger than input %s".formatted(window, x.shape()));
    }
    return Shape.of(x.dim(0), channels, height, width);
  }

  private static void checkPicture(Tensor x) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException(
          "expected [batch, channels, height, width], not " + x.shape());
    }
  }
}
