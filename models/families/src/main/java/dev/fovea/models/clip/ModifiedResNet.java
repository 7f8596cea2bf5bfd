package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.ConvNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CLIP's ResNet: a stem of three convolutions, average pools in place of strides (against
 * aliasing), and attention in place of the final pool. Radford et al. 2021, section 2.4; named as
 * OpenAI's weights are.
 */
public record ModifiedResNet(
    ConvNorm conv1,
    ConvNorm conv2,
    ConvNorm conv3,
    List<Bottleneck> layer1,
    List<Bottleneck> layer2,
    List<Bottleneck> layer3,
    List<Bottleneck> layer4,
    AttentionPool attnpool)
    implements VisionTower {
  private static final Conv2d POINT = Conv2d.square(1, 1, 0);
  private static final Conv2d SQUARE = Conv2d.square(3, 1, 1);
  private static final Conv2d HALVE = Conv2d.square(2, 2, 0);

  /**
   * Three convolutions beside a shortcut.
   *
   * @param downsample the shortcut's own convolution, where its size differs
   * @param halve whether rows and columns are halved
   */
  public record Bottleneck(
      ConvNorm conv1,
      ConvNorm conv2,
      ConvNorm conv3,
      Optional<ConvNorm> downsample,
      boolean halve) {
    static Bottleneck bind(
        Binder at, int in, int channels, boolean changesChannels, boolean halve) {
      return new Bottleneck(
          convNorm(at, 1, in, channels, POINT, Activation.RELU),
          convNorm(at, 2, channels, channels, SQUARE, Activation.RELU),
          convNorm(at, 3, channels, 4 * channels, POINT, Activation.NONE),
          changesChannels
              ? Optional.of(shortcut(at.at("downsample"), in, channels))
              : Optional.empty(),
          halve);
    }

    private static ConvNorm shortcut(Binder at, int in, int channels) {
      return ConvNorm.bind(at.at(0), at.at(1), in, 4 * channels, POINT, Activation.NONE);
    }

    Tensor forward(Tensor x) {
      Tensor inner = conv2.forward(conv1.forward(x));
      Tensor branch = conv3.forward(halve ? inner.averagePool2d(HALVE) : inner);
      Tensor shortcut =
          downsample.map(d -> d.forward(halve ? x.averagePool2d(HALVE) : x)).orElse(x);
      return branch.plus(shortcut).activate(Activation.RELU).tap(this, "output");
    }
  }

  static ModifiedResNet bind(Binder at, ClipConfig.VisionResNet config, int projectionDim) {
    int width = config.width();
    List<Integer> counts = config.layers();
    return new ModifiedResNet(
        convNorm(at, 1, config.numChannels(), width / 2, Conv2d.square(3, 2, 1), Activation.RELU),
        convNorm(at, 2, width / 2, width / 2, SQUARE, Activation.RELU),
        convNorm(at, 3, width / 2, width, SQUARE, Activation.RELU),
        stage(at.at("layer1"), counts.get(0), width, width, false),
        stage(at.at("layer2"), counts.get(1), 4 * width, 2 * width, true),
        stage(at.at("layer3"), counts.get(2), 8 * width, 4 * width, true),
        stage(at.at("layer4"), counts.get(3), 16 * width, 8 * width, true),
        AttentionPool.bind(at.at("attnpool"), config, projectionDim));
  }

  private static List<Bottleneck> stage(Binder at, int count, int in, int channels, boolean halve) {
    List<Bottleneck> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean first = i == 0;
      blocks.add(
          Bottleneck.bind(at.at(i), first ? in : 4 * channels, channels, first, first && halve));
    }
    return List.copyOf(blocks);
  }

  @Override
  public Tensor forward(Tensor pixels) {
    Tensor x = pixels.scoped(this::stem);
    x = stage(layer1, x).tap(this, "layer1.output");
    x = stage(layer2, x).tap(this, "layer2.output");
    x = stage(layer3, x).tap(this, "layer3.output");
    x = stage(layer4, x).tap(this, "layer4.output");
    return attnpool.forward(x);
  }

  private Tensor stem(Tensor pixels) {
    return conv3
        .forward(conv2.forward(conv1.forward(pixels)))
        .averagePool2d(HALVE)
        .tap(this, "stem");
  }

  private static Tensor stage(List<Bottleneck> blocks, Tensor x) {
    return x.session().stack(blocks, x, Bottleneck::forward);
  }

  private static ConvNorm convNorm(
      Binder at, int number, int in, int out, Conv2d window, Activation activation) {
    return ConvNorm.bind(at.at("conv" + number), at.at("bn" + number), in, out, window, activation);
  }
}
