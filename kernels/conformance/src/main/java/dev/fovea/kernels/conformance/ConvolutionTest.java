package dev.fovea.kernels.conformance;

import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Convolution, and the cutting of patches. */
class ConvolutionTest extends Conformance {
  @ParameterizedTest(name = "[{index}] {0}x{1}x{2}x{3} to {4}, kernel {5}x{6}, stride {7}, pad {8}")
  @CsvSource({
    // batch, channels in, height, width, channels out, kernel height, width, stride, padding
    "1,1,1,1,1,1,1,1,0",
    "2,3,8,9,5,1,1,1,0",
    "2,3,8,9,5,3,3,1,1",
    "2,3,9,8,5,3,3,2,1",
    "1,3,17,19,7,7,7,2,3",
    "1,2,7,11,4,3,5,1,2",
    "1,2,7,11,4,5,1,3,0",
    "1,2,5,5,3,5,5,1,0",
    "1,2,2,2,3,3,3,1,1",
    "1,4,3,3,6,2,2,2,0",
    "3,17,13,31,33,3,3,1,1",
    "1,64,14,14,40,3,3,1,1",
    "1,3,33,33,19,16,16,16,0",
    "0,3,8,8,4,3,3,1,1"
  })
  void slidesAWindow(
      int batch, int in, int height, int width, int out, int kh, int kw, int stride, int padding) {
    Conv2d window = new Conv2d(kh, kw, stride, padding, 1);
    check(Numbers.random(1, batch, in, height, width), Numbers.random(2, out, in, kh, kw), window);
  }

  @ParameterizedTest
  @CsvSource({"4,2,4", "6,3,9", "5,5,5", "3,3,6", "32,4,64"})
  void keepsGroupsOfChannelsApart(int in, int groups, int out) {
    Conv2d window = new Conv2d(3, 3, 1, 1, groups);
    check(Numbers.random(1, 2, in, 7, 10), Numbers.random(2, out, in / groups, 3, 3), window);
    Conv2d strided = new Conv2d(3, 3, 2, 0, groups);
    check(Numbers.random(1, 2, in, 7, 10), Numbers.random(2, out, in / groups, 3, 3), strided);
  }

  @ParameterizedTest
  @EnumSource(Stored.class)
  void readsWeightsOfEveryStoredType(Stored stored) {
    Numbers weight = Numbers.random(2, 5, 3, 3, 3);
    Numbers x = Numbers.random(1, 2, 3, 7, 9);
    Conv2d window = Conv2d.square(3, 1, 1);
    check(x, input(x), stored, weight, Optional.empty(), window, Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Numbers weight = Numbers.random(2, 5, 3, 3, 3);
    Numbers x = Numbers.random(1, 2, 3, 7, 9);
    Conv2d window = Conv2d.square(3, 1, 1);
    check(x, input(x, layout), Stored.F32, weight, Optional.empty(), window, Activation.NONE);
    Numbers pointwise = Numbers.random(2, 5, 3, 1, 1);
    Conv2d one = Conv2d.square(1, 1, 0);
    check(x, input(x, layout), Stored.F32, pointwise, Optional.empty(), one, Activation.NONE);
  }

  @Test
  void readsRepeatedElements() {
    Numbers weight = Numbers.random(2, 5, 3, 3, 3);
    Numbers x = Numbers.random(1, 2, 1, 7, 1);
    check(
        x.repeated(2, 3, 7, 9),
        repeated(x, 2, 3, 7, 9),
        Stored.F32,
        weight,
        Optional.empty(),
        Conv2d.square(3, 1, 1),
        Activation.NONE);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void appliesTheActivationAfterTheBias(Activation activation) {
    Numbers x = Numbers.random(1, 1, 3, 6, 7);
    Numbers weight = Numbers.random(2, 5, 3, 3, 3);
    Optional<Numbers> bias = Optional.of(Numbers.random(3, 5));
    check(x, input(x), Stored.F32, weight, bias, Conv2d.square(3, 1, 1), activation);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "2,8,8,4", "3,9,9,3", "4,11,14,4", "3,5,2,5", "16,33,50,16", "7,3,9,7"})
  void cutsPatches(int channels, int height, int width, int patch) {
    checkPatches(Numbers.random(1, 2, channels, height, width), patch, Layout.CONTIGUOUS);
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void cutsPatchesOfViews(Layout layout) {
    checkPatches(Numbers.random(1, 2, 3, 8, 13), 4, layout);
  }

  private void checkPatches(Numbers x, int patch, Layout layout) {
    int rows = x.dim(2) / patch;
    int columns = x.dim(3) / patch;
    int size = x.dim(1) * patch * patch;
    Output out = output(x.dim(0), rows * columns, size);
    subject.backend().patchify(input(x, layout), patch, out.tensor());
    Numbers expected = Numbers.filled(0, x.dim(0), rows * columns, size);
    for (int i = 0; i < expected.values().length; i++) {
      int[] at = expected.index(i);
      int channel = at[2] / (patch * patch);
      int y = at[1] / columns * patch + at[2] / patch % patch;
      int column = at[1] % columns * patch + at[2] % patch;
      expected.values()[i] = x.get(at[0], channel, y, column);
    }
    out.check(expected, expected.map(v -> 0));
  }

  private void check(Numbers x, Numbers weight, Conv2d window) {
    Optional<Numbers> bias = Optional.of(Numbers.random(3, weight.dim(0)));
    check(x, input(x), Stored.F32, weight, bias, window, Activation.NONE);
  }

  private void check(
      Numbers x,
      Tensor tensor,
      Stored stored,
      Numbers weight,
      Optional<Numbers> bias,
      Conv2d window,
      Activation activation) {
    int channels = weight.dim(0);
    int[] dims = {x.dim(0), channels, window.outputHeight(x.dim(2)), window.outputWidth(x.dim(3))};
    Output out = output(dims);
    PackedWeight packed = subject.backend().pack(stored.parameter("w", weight));
    Optional<Tensor> shift = bias.map(this::weight);
    subject.backend().conv2d(tensor, packed, shift, window, activation, out.tensor());
    Numbers exact = stored.exact(weight);
    Numbers expected = Numbers.filled(0, dims);
    Numbers magnitudes = Numbers.filled(0, dims);
    for (int i = 0; i < expected.values().length; i++) {
      int[] at = expected.index(i);
      int channel = at[1];
      int firstChannel = channel / (channels / window.groups()) * weight.dim(1);
      double sum = bias.isPresent() ? bias.get().values()[channel] : 0;
      double terms = Math.abs(sum);
      for (int c = 0; c < weight.dim(1); c++) {
        for (int ky = 0; ky < weight.dim(2); ky++) {
          for (int kx = 0; kx < weight.dim(3); kx++) {
            int y = at[2] * window.stride() + ky - window.padding();
            int column = at[3] * window.stride() + kx - window.padding();
            if (y >= 0 && y < x.dim(2) && column >= 0 && column < x.dim(3)) {
              double term =
                  x.get(at[0], firstChannel + c, y, column) * exact.get(channel, c, ky, kx);
              sum += term;
              terms += Math.abs(term);
            }
          }
        }
      }
      expected.values()[i] = Functions.apply(activation, sum);
      magnitudes.values()[i] = 1.2 * terms + Functions.magnitude(activation, sum);
    }
    out.check(expected, magnitudes);
  }
}
