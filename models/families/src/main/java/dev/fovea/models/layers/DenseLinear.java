package dev.fovea.models.layers;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A linear layer with its weight as stored.
 *
 * @param weight [out, in]
 * @param bias [out]
 */
public record DenseLinear(Parameter weight, Optional<Parameter> bias) implements Linear {
  @Override
  public Tensor forward(Tensor x, Activation activation) {
    return x.linear(weight, bias, activation);
  }
}
