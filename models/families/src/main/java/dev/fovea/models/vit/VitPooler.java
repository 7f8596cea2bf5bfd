package dev.fovea.models.vit;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Linear;

/** A dense layer over the class token. */
public record VitPooler(Linear dense, Activation activation) {
  static VitPooler bind(Binder at, VitConfig config) {
    return new VitPooler(
        Linear.bind(at.at("dense"), config.transformer().hiddenSize(), config.poolerOutputSize()),
        config.poolerAct());
  }

  /** tokens: [batch, tokens, hidden]; returns [batch, poolerOutputSize]. */
  public Tensor forward(Tensor tokens) {
    return dense.forward(tokens.select(1, 0), activation).tap(this, "output");
  }
}
