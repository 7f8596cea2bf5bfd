package dev.fovea.models.layers;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A linear layer with a low-rank correction: x · (W + scaling · B · A)ᵀ + b. LoRA, section 4.1 (Hu
 * et al. 2022). With B at zero it is the layer itself.
 *
 * @param loraA [rank, in]
 * @param loraB [out, rank]
 * @param scaling alpha / rank, or alpha / sqrt(rank) (rank-stabilised)
 */
public record LoraLinear(Linear base, Parameter loraA, Parameter loraB, double scaling)
    implements Linear {
  @Override
  public Tensor forward(Tensor x, Activation activation) {
    Tensor correction =
        x.linear(loraA, Optional.empty(), Activation.NONE)
            .linear(loraB, Optional.empty(), Activation.NONE)
            .times(scaling);
    return base.forward(x).plus(correction).activate(activation);
  }

  /** The layer as one matrix, without the correction's cost: W + scaling · B · A. */
  public DenseLinear merged(Engine engine) {
    if (!(base instanceof DenseLinear dense)) {
      throw new IllegalStateException("only a dense layer can take up a correction");
    }
    Parameter weight = dense.weight();
    try (Session session = engine.newSession()) {
      Tensor correction =
          session
              .weight(loraB)
              .matmulTransposed(session.weight(loraA).permute(1, 0))
              .times(scaling);
      float[] values = session.weight(weight).plus(correction).toFloats();
      return new DenseLinear(Parameter.of(weight.name(), weight.shape(), values), dense.bias());
    }
  }
}
