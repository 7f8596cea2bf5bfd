package dev.fovea.core.autograd;

import dev.fovea.core.tensor.Tensor;

/** The derivative of one operation, written beside its forward pass. */
@FunctionalInterface
public interface Backward {
  /**
   * Sends the gradient on to what the operation read.
   *
   * @param gradient of the operation's result, in its shape
   * @param to takes the gradients of inputs and parameters, each in the shape of its value
   */
  void run(Tensor gradient, GradientSink to);
}
