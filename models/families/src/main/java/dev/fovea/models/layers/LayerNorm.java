package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;

/**
 * Layer normalisation over the innermost dimension.
 *
 * @param weight [hidden]
 * @param bias [hidden]
 */
public record LayerNorm(Parameter weight, Parameter bias, double eps) {
  public static LayerNorm bind(Binder at, int hiddenSize, double eps) {
    return new LayerNorm(at.parameter("weight", hiddenSize), at.parameter("bias", hiddenSize), eps);
  }

  /** x: [..., hidden]. */
  public Tensor forward(Tensor x) {
    return x.layerNorm(weight, bias, eps).tap(this, "output");
  }
}
