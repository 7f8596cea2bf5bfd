package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A learned factor for every channel of a residual branch. CaiT, section 2 (Touvron et al. 2021);
 * named as DINOv2 does.
 *
 * @param lambda1 [hidden]
 */
public record LayerScale(Parameter lambda1) {
  public static LayerScale bind(Binder at, int hiddenSize) {
    return new LayerScale(at.parameter("lambda1", hiddenSize));
  }

  /** A layer scale where a configuration asks for one. */
  static Optional<LayerScale> bindIf(boolean present, Binder at, int hiddenSize) {
    return present ? Optional.of(bind(at, hiddenSize)) : Optional.empty();
  }

  /** x: [..., hidden]. */
  public Tensor forward(Tensor x) {
    return x.times(x.session().weight(lambda1)).tap(this, "output");
  }
}
