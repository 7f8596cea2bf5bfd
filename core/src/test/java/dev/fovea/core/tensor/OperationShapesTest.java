package dev.fovea.core.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.backend.ShapesBackend;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationShapesTest {
  private final Engine engine = Engine.over(new ShapesBackend());
  private final Session session = engine.newSession();

  @AfterEach
  void close() {
    session.close();
    engine.close();
  }

  @Test
  void linear() {
    Parameter weight = parameter("w", 4, 6);
    assertEquals(Shape.of(2, 3, 4), linear(tensor(2, 3, 6), weight, Optional.empty()).shape());
    assertEquals(
        Shape.of(2, 4), linear(tensor(2, 6), parameter("w", 4, 2, 3), Optional.empty()).shape());
    assertRefused(
        "input [2, 5] does not fit weight w F32 [4, 6]",
        () -> linear(tensor(2, 5), weight, Optional.empty()));
    assertRefused(
        "bias b F32 [6] does not fit weight w F32 [4, 6]",
        () -> linear(tensor(2, 6), weight, Optional.of(parameter("b", 6))));
  }

  @Test
  void matmulTransposed() {
    assertEquals(Shape.of(2, 3, 5), tensor(2, 3, 4).matmulTransposed(tensor(2, 5, 4)).shape());
    assertRefused(
        "cannot multiply [2, 3, 4] by the transpose of [2, 4, 5]",
        () -> tensor(2, 3, 4).matmulTransposed(tensor(2, 4, 5)));
    assertRefused(
        "cannot multiply [2, 3, 4] by the transpose of [1, 5, 4]",
        () -> tensor(2, 3, 4).matmulTransposed(tensor(1, 5, 4)));
    assertRefused(
        "cannot multiply [4] by the transpose of [4]", () -> tensor(4).matmulTransposed(tensor(4)));
  }

  @Test
  void attention() {
    AttentionSpec spec = new AttentionSpec(4, 2, 1, Mask.none());
    Supplier<Tensor> right = () -> attend(tensor(2, 3, 16), tensor(2, 5, 8), spec);
    assertEquals(Shape.of(2, 3, 16), right.get().shape());
    assertRefused(
        "attention of queries [2, 3, 16], keys [2, 5, 16], values [2, 5, 16] with 4 and 2 heads",
        () -> attend(tensor(2, 3, 16), tensor(2, 5, 16), spec));
    assertRefused(
        "attention of queries [2, 3, 18], keys [2, 5, 9], values [2, 5, 9] with 4 and 2 heads",
        () -> attend(tensor(2, 3, 18), tensor(2, 5, 9), spec));
    assertRefused(
        "4 query heads cannot share 3 key heads",
        () -> attend(tensor(1), tensor(1), new AttentionSpec(4, 3, 1, Mask.none())));
  }

  @Test
  void reductionsKeepTheDimension() {
    assertEquals(Shape.of(2, 1), tensor(2, 3).sum().shape());
    assertEquals(Shape.of(1), tensor(3).mean().shape());
    assertEquals(Shape.of(2, 1), tensor(2, 3).max().shape());
    assertEquals(Shape.of(2, 3), tensor(2, 3).normalized().shape());
    assertRefused("cannot reduce an empty dimension of [2, 0]", () -> tensor(2, 0).sum());
  }

  @Test
  void layerNorm() {
    Parameter six = parameter("six", 6);
    assertEquals(Shape.of(2, 6), tensor(2, 6).layerNorm(six, six, 1e-5).shape());
    assertRefused(
        "six F32 [6] does not fit the input [2, 5]", () -> tensor(2, 5).layerNorm(six, six, 1e-5));
  }

  @Test
  void convolution() {
    Parameter weight = parameter("w", 8, 3, 3, 3);
    Conv2d window = Conv2d.square(3, 2, 1);
    assertEquals(Shape.of(2, 8, 4, 5), convolve(tensor(2, 3, 7, 9), weight, window).shape());
    assertRefused(
        "weight w F32 [8, 3, 3, 3] does not fit input [2, 4, 7, 9] and %s".formatted(window),
        () -> convolve(tensor(2, 4, 7, 9), weight, window));
    Conv2d wide = Conv2d.square(3, 1, 0);
    assertRefused(
        wide + " is larger than input [2, 3, 2, 9]",
        () -> convolve(tensor(2, 3, 2, 9), weight, wide));
    assertRefused(
        "expected [batch, channels, height, width], not [3, 7, 9]",
        () -> convolve(tensor(3, 7, 9), weight, window));
  }

  @Test
  void pictures() {
    assertEquals(Shape.of(2, 6, 48), tensor(2, 3, 9, 15).patchify(4).shape());
    assertEquals(
        Shape.of(2, 3, 4, 4), tensor(2, 3, 8, 8).maxPool2d(Conv2d.square(3, 2, 1)).shape());
    assertEquals(
        Shape.of(2, 3, 5, 7), tensor(2, 3, 8, 8).interpolateBicubic(5, 7, 1.6, 8 / 7.0).shape());
    assertRefused(
        "cannot resize the empty picture [2, 3, 0, 8]",
        () -> tensor(2, 3, 0, 8).interpolateBicubic(5, 7, 1, 1));
    Conv2d padded = Conv2d.square(2, 2, 1);
    assertRefused(
        "average pooling takes no padding, not " + padded,
        () -> tensor(1, 1, 4, 4).averagePool2d(padded));
  }

  @Test
  void outputSizesOfWindows() {
    assertEquals(112, Conv2d.square(7, 2, 3).outputHeight(224));
    assertEquals(56, Conv2d.square(3, 2, 1).outputWidth(112));
    assertEquals(0, Conv2d.square(3, 2, 0).outputHeight(2));
    assertRefused(
        "kernel 3x3, stride 0, padding 0, groups 1", () -> tensor(Conv2d.square(3, 0, 0).stride()));
  }

  private static Tensor linear(Tensor x, Parameter weight, Optional<Parameter> bias) {
    return x.linear(weight, bias, Activation.NONE);
  }

  private static Tensor convolve(Tensor x, Parameter weight, Conv2d window) {
    return x.conv2d(weight, Optional.empty(), window, Activation.NONE);
  }

  private static Tensor attend(Tensor q, Tensor k, AttentionSpec spec) {
    return q.attend(spec, k, k, spec);
  }

  private static void assertRefused(String message, Supplier<Tensor> operation) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, operation::get).getMessage());
  }

  private Tensor tensor(int... dims) {
    return session.allocate(Shape.of(dims));
  }

  private static Parameter parameter(String name, int... dims) {
    return new Parameter(name, DType.F32, Shape.of(dims), Optional.empty());
  }
}
