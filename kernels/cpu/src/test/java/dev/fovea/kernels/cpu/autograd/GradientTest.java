package dev.fovea.kernels.cpu.autograd;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation's gradient against central differences. */
class GradientTest {
  private final GradientCheck check = new GradientCheck(17);

  @Test
  void sumOfBroadcastTensors() {
    Parameter a = check.parameter(3, 1, 5);
    Parameter b = check.parameter(4, 1);
    check.check(s -> s.weight(a).plus(s.weight(b)));
  }

  @Test
  void difference() {
    Parameter a = check.parameter(5);
    Parameter b = check.parameter(3, 5);
    check.check(s -> s.weight(a).minus(s.weight(b)));
  }

  @Test
  void productOfBroadcastTensors() {
    Parameter a = check.parameter(2, 3, 1);
    Parameter b = check.parameter(3, 7);
    check.check(s -> s.weight(a).times(s.weight(b)));
  }

  @Test
  void productOfTensorWithItself() {
    Parameter a = check.parameter(3, 7);
    check.check(
        s -> {
          Tensor x = s.weight(a);
          return x.times(x);
        });
  }

  @Test
  void quotient() {
    Parameter a = check.parameter(2, 5);
    Parameter b = check.parameter(2, 1);
    check.check(s -> s.weight(a).dividedBy(s.weight(b).exp()));
  }

  @Test
  void exponentialLogarithmAndRoot() {
    Parameter a = check.parameter(9);
    check.check(s -> s.weight(a).exp().plus(1).log().plus(0.5).sqrt());
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activations(Activation activation) {
    Parameter a = check.parameter(4, 11);
    check.check(s -> s.weight(a).times(2).activate(activation));
  }

  @Test
  void sumsAndMeans() {
    Parameter a = check.parameter(3, 5);
    check.check(s -> s.weight(a).mean().times(s.weight(a).sum()));
  }

  @Test
  void softmax() {
    Parameter a = check.parameter(3, 9);
    check.check(s -> s.weight(a).softmax());
  }

  @Test
  void normalizedVectors() {
    Parameter a = check.parameter(3, 9);
    check.check(s -> s.weight(a).normalized());
  }

  @Test
  void layerNorm() {
    Parameter x = check.parameter(2, 3, 13);
    Parameter weight = check.parameter(13);
    Parameter bias = check.parameter(13);
    check.check(s -> s.weight(x).layerNorm(weight, bias, 1e-5));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void linearWithActivation(Activation activation) {
    Parameter x = check.parameter(2, 3, 5);
    Parameter weight = check.parameter(7, 5);
    Parameter bias = check.parameter(7);
    check.check(s -> s.weight(x).linear(weight, Optional.of(bias), activation));
  }

  @Test
  void linearWithFrozenInput() {
    Parameter weight = check.parameter(7, 5);
    check.check(
        s ->
            s.tensor(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 2, 5)
                .linear(weight, Optional.empty(), Activation.NONE));
  }

  @Test
  void matrixProducts() {
    Parameter a = check.parameter(2, 3, 5);
    Parameter b = check.parameter(2, 4, 5);
    check.check(s -> s.weight(a).matmulTransposed(s.weight(b)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void attentionWithSharedKeys(int keyHeads) {
    Parameter q = check.parameter(2, 5, 12);
    Parameter k = check.parameter(2, 6, 3 * keyHeads);
    Parameter v = check.parameter(2, 6, 3 * keyHeads);
    AttentionSpec spec = new AttentionSpec(4, keyHeads, 0.5f, Mask.causal(1));
    check.check(s -> s.weight(q).attend(spec(), s.weight(k), s.weight(v), spec));
  }

  @Test
  void attentionWithPaddingAndRowsThatSeeNothing() {
    Parameter q = check.parameter(2, 3, 4);
    Parameter k = check.parameter(2, 3, 4);
    Parameter v = check.parameter(2, 3, 4);
    Indices tokens = new Indices(2, 3, new int[] {0, 1, 1, 1, 1, 0});
    AttentionSpec spec = new AttentionSpec(2, 2, 0.7f, Mask.padding(tokens, true));
    check.check(s -> s.weight(q).attend(spec(), s.weight(k), s.weight(v), spec));
  }

  @Test
  void gatheredRowsAddUp() {
    Parameter table = check.parameter(5, 3);
    Indices indices = new Indices(2, 3, new int[] {4, 0, 4, 1, 4, 0});
    check.check(s -> s.gather(table, indices).exp());
  }

  @Test
  void viewsAndCopies() {
    Parameter a = check.parameter(2, 3, 4);
    check.check(
        s -> {
          Tensor x = s.weight(a);
          Tensor turned = x.permute(2, 0, 1).reshape(8, 3);
          return turned.narrow(0, 1, 5).times(turned.narrow(0, 3, 5));
        });
  }

  @Test
  void selectedPositions() {
    Parameter a = check.parameter(2, 3, 4);
    check.check(s -> s.weight(a).select(1, 2).times(s.weight(a).select(1, 0)));
  }

  @Test
  void joinedTensors() {
    Parameter a = check.parameter(2, 1, 4);
    Parameter b = check.parameter(2, 3, 4);
    check.check(
        s -> {
          Tensor joined = Tensor.concat(1, s.weight(a), s.weight(b));
          return joined.times(joined);
        });
  }

  @Test
  void broadcastTensors() {
    Parameter a = check.parameter(1, 3, 1);
    check.check(
        s -> {
          Tensor wide = s.weight(a).broadcastTo(Shape.of(2, 3, 4)).contiguous();
          return wide.times(wide);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void convolution(int groups) {
    Parameter x = check.parameter(2, 4, 7, 6);
    Parameter weight = check.parameter(6, 4 / groups, 3, 2);
    Parameter bias = check.parameter(6);
    Conv2d window = new Conv2d(3, 2, 2, 1, groups);
    check.check(s -> s.weight(x).conv2d(weight, Optional.of(bias), window, Activation.TANH));
  }

  @Test
  void patches() {
    Parameter x = check.parameter(2, 3, 5, 7);
    check.check(s -> s.weight(x).patchify(2).exp());
  }

  @Test
  void pooling() {
    Parameter x = check.parameter(2, 2, 6, 7);
    check.check(s -> s.weight(x).maxPool2d(Conv2d.square(3, 2, 1)));
    check.check(s -> s.weight(x).averagePool2d(Conv2d.square(2, 2, 0)).exp());
  }

  @Test
  void bicubicInterpolation() {
    Parameter x = check.parameter(1, 2, 4, 5);
    check.check(s -> s.weight(x).interpolateBicubic(7, 3, 4 / 7.0, 5 / 3.0));
  }

  @Test
  void checkpointedBlock() {
    Parameter x = check.parameter(2, 5);
    Parameter weight = check.parameter(5, 5);
    check.check(
        s ->
            s.weight(x)
                .checkpointed(h -> h.linear(weight, Optional.empty(), Activation.TANH).times(h)));
  }

  @Test
  void stackOfLayersInFrames() {
    Parameter x = check.parameter(2, 5);
    List<Parameter> weights = List.of(check.parameter(5, 5), check.parameter(5, 5));
    check.check(
        s ->
            s.stack(
                weights,
                s.weight(x),
                (w, h) -> h.plus(h.linear(w, Optional.empty(), Activation.GELU))));
  }

  private static Record spec() {
    return new Owner();
  }

  private record Owner() {}
}
