package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A convolution over pictures.
 *
 * @param weight [outChannels, inChannels / groups, kernelHeight, kernelWidth]
 * @param bias [outChannels]
 */
public record Convolution(Parameter weight, Optional<Parameter> bias, Conv2d window) {
  public static Convolution bindWithoutBias(Binder at, int in, int out, Conv2d window) {
    return new Convolution(
        at.parameter(
            "weight", out, in / window.groups(), window.kernelHeight(), window.kernelWidth()),
        Optional.empty(),
        window);
  }

  /**
   * activation(convolution(x) + bias).
   *
   * @param x [batch, inChannels, height, width]
   * @return [batch, outChannels, outHeight, outWidth]
   */
  public Tensor forward(Tensor x, Activation activation) {
    return x.conv2d(weight, bias, window, activation);
  }
}
