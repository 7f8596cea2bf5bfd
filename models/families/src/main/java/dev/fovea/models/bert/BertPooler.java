package dev.fovea.models.bert;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Linear;

/** A dense layer and tanh over the first token, trained to compare two sentences. */
public record BertPooler(Linear dense) {
  static BertPooler bind(Binder at, int hiddenSize) {
    return new BertPooler(Linear.bind(at.at("dense"), hiddenSize, hiddenSize));
  }

  /** states: [batch, tokens, hidden]; returns [batch, hidden]. */
  public Tensor forward(Tensor states) {
    return dense.forward(states.select(1, 0), Activation.TANH).tap(this, "output");
  }
}
