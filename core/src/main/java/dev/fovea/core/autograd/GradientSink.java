package dev.fovea.core.autograd;

import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.function.Supplier;

/** Takes gradients; what nobody asked for is not computed. */
public interface GradientSink {
  /** The gradient of an input; several contributions add up. */
  void add(Tensor input, Supplier<Tensor> gradient);

  /** The gradient of a parameter; several contributions add up. */
  void add(Parameter parameter, Supplier<Tensor> gradient);

  /** Whether the gradient of an input is wanted, for operations that compute several at once. */
  boolean wants(Tensor input);

  /** Whether the gradient of a parameter is wanted. */
  boolean wants(Parameter parameter);
}
