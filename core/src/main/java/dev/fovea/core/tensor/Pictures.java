package dev.fovea.core.tensor;

import dev.fovea.core.autograd.GradientSink;
import dev.fovea.core.backend.Derivatives;
import dev.fovea.core.engine.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

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
    Session session = x.session();
    Parameter[] parameters =
        Stream.concat(Stream.of(weight), bias.stream()).toArray(Parameter[]::new);
    if (session.records(List.of(x), parameters) && activation != Activation.NONE) {
      return conv2d(x, weight, bias, window, Activation.NONE).activate(activation);
    }
    Tensor out = session.allocate(output(x, window, w.dim(0)));
    session
        .backend()
        .conv2d(
            x, session.engine().packed(weight), bias.map(session::weight), window, activation, out);
    return session.record(
        out,
        List.of(x),
        List.of(x),
        (g, to) -> conv2dGradient(x, weight, bias, window, g, to),
        parameters);
  }

  private static void conv2dGradient(
      Tensor x,
      Parameter weight,
      Optional<Parameter> bias,
      Conv2d window,
      Tensor g,
      GradientSink to) {
    Session session = x.session();
    to.add(
        x,
        () ->
            made(x.shape(), g, (d, out) -> d.conv2dInput(g, session.weight(weight), window, out)));
    to.add(weight, () -> made(weight.shape(), g, (d, out) -> d.conv2dWeight(x, g, window, out)));
    bias.ifPresent(
        b ->
            to.add(
                b,
                () -> g.permute(1, 0, 2, 3).reshape(g.dim(1), -1).sum().reshape(b.shape().dims())));
  }

  static Tensor patchify(Tensor x, int patch) {
    checkPicture(x);
    int patches = (x.dim(2) / patch) * (x.dim(3) / patch);
    Tensor out = x.session().allocate(Shape.of(x.dim(0), patches, x.dim(1) * patch * patch));
    x.session().backend().patchify(x, patch, out);
    return record(out, x, (g, d, toX) -> d.patchify(g, patch, toX));
  }

  static Tensor maxPool2d(Tensor x, Conv2d window) {
    checkPicture(x);
    Tensor out = x.session().allocate(output(x, window, x.dim(1)));
    x.session().backend().maxPool2d(x, window, out);
    return x.session()
        .record(
            out,
            List.of(x),
            List.of(x),
            (g, to) ->
                to.add(x, () -> made(x.shape(), g, (d, toX) -> d.maxPool2d(x, window, g, toX))));
  }

  static Tensor averagePool2d(Tensor x, Conv2d window) {
    checkPicture(x);
    if (window.padding() != 0) {
      throw new IllegalArgumentException("average pooling takes no padding, not " + window);
    }
    Tensor out = x.session().allocate(output(x, window, x.dim(1)));
    x.session().backend().averagePool2d(x, window, out);
    return record(out, x, (g, d, toX) -> d.averagePool2d(g, window, toX));
  }

  static Tensor interpolateBicubic(
      Tensor x, int height, int width, double scaleHeight, double scaleWidth) {
    checkPicture(x);
    if (x.dim(2) == 0 || x.dim(3) == 0) {
      throw new IllegalArgumentException("cannot resize the empty picture " + x.shape());
    }
    Tensor out = x.session().allocate(Shape.of(x.dim(0), x.dim(1), height, width));
    x.session().backend().interpolateBicubic(x, scaleHeight, scaleWidth, out);
    return record(out, x, (g, d, toX) -> d.interpolateBicubic(g, scaleHeight, scaleWidth, toX));
  }

  /** The derivative of an operation that is linear in the picture, so that it need not be kept. */
  private interface LinearDerivative {
    void run(Tensor gradient, Derivatives derivatives, Tensor out);
  }

  private static Tensor record(Tensor result, Tensor x, LinearDerivative derivative) {
    return x.session()
        .record(
            result,
            List.of(x),
            List.of(),
            (g, to) -> to.add(x, () -> made(x.shape(), g, (d, toX) -> derivative.run(g, d, toX))));
  }

  private static Tensor made(Shape shape, Tensor gradient, BiConsumer<Derivatives, Tensor> fill) {
    Tensor out = gradient.session().allocate(shape);
    fill.accept(gradient.session().backend().derivatives(), out);
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
