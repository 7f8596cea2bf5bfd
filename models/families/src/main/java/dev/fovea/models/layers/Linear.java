package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/** An affine map of the innermost dimension; sealed, so that one kind can stand for another. */
public sealed interface Linear permits DenseLinear, LoraLinear {
  /**
   * activation(x · weightᵀ + bias).
   *
   * @param x [..., in]
   * @return [..., out]
   */
  Tensor forward(Tensor x, Activation activation);

  /** x · weightᵀ + bias. */
  default Tensor forward(Tensor x) {
    return forward(x, Activation.NONE);
  }

  /** A layer with bias. */
  static Linear bind(Binder at, int in, int out) {
    return bind(at, in, out, true);
  }

  /** A layer without bias. */
  static Linear bindWithoutBias(Binder at, int in, int out) {
    return bind(at, in, out, false);
  }

  /** A layer with or without bias. */
  static Linear bind(Binder at, int in, int out, boolean withBias) {
    return new DenseLinear(
        at.parameter("weight", out, in),
        withBias ? Optional.of(at.parameter("bias", out)) : Optional.empty());
  }
}
