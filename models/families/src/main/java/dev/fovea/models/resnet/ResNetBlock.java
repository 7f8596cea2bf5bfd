package dev.fovea.models.resnet;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.ConvNorm;
import java.util.List;
import java.util.Optional;

/**
 * A residual block: two 3x3 convolutions, or a bottleneck of 1x1, 3x3, 1x1. He et al. 2016, section
 * 3.3 and figure 5.
 *
 * @param layer the convolutions; the last is not activated
 * @param shortcut a 1x1 convolution of the input, where its shape changes
 */
public record ResNetBlock(
    List<ConvNorm> layer, Optional<ConvNorm> shortcut, Activation activation) {
  /** A bottleneck's inner width is its outer one divided by this. */
  static final int REDUCTION = 4;

  static ResNetBlock bind(Binder at, ResNetConfig config, int in, int out, int stride) {
    return new ResNetBlock(
        config.bottleneck()
            ? bottleneck(at.at("layer"), config, in, out, stride)
            : basic(at.at("layer"), config, in, out, stride),
        in != out || stride != 1
            ? Optional.of(conv(at.at("shortcut"), in, out, 1, stride, Activation.NONE))
            : Optional.empty(),
        config.hiddenAct());
  }

  private static List<ConvNorm> basic(Binder at, ResNetConfig config, int in, int out, int stride) {
    return List.of(
        conv(at.at(0), in, out, 3, stride, config.hiddenAct()),
        conv(at.at(1), out, out, 3, 1, Activation.NONE));
  }

  private static List<ConvNorm> bottleneck(
      Binder at, ResNetConfig config, int in, int out, int stride) {
    int inner = out / REDUCTION;
    int firstStride = config.downsampleInBottleneck() ? stride : 1;
    return List.of(
        conv(at.at(0), in, inner, 1, firstStride, config.hiddenAct()),
        conv(at.at(1), inner, inner, 3, stride / firstStride, config.hiddenAct()),
        conv(at.at(2), inner, out, 1, 1, Activation.NONE));
  }

  /** A convolution with batch norm, padded so that stride 1 keeps the size. */
  static ConvNorm conv(Binder at, int in, int out, int kernel, int stride, Activation activation) {
    return ConvNorm.bind(
        at.at("convolution"),
        at.at("normalization"),
        in,
        out,
        Conv2d.square(kernel, stride, kernel / 2),
        activation);
  }

  /** x: [batch, in, height, width]; returns [batch, out, height / stride, width / stride]. */
  public Tensor forward(Tensor x) {
    Tensor h = x;
    for (ConvNorm convNorm : layer) {
      h = convNorm.forward(h);
    }
    Tensor residual = shortcut.map(s -> s.forward(x)).orElse(x);
    return h.plus(residual).activate(activation);
  }
}
