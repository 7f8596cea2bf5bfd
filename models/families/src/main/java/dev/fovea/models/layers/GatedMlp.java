package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;

/** A feed-forward layer with a gate: SwiGLU and its kin (Shazeer 2020, section 2). */
public record GatedMlp(Linear gateProj, Linear upProj, Linear downProj, Activation activation)
    implements FeedForward {
  public static GatedMlp bind(
      Binder at, int hiddenSize, int intermediateSize, Activation activation) {
    return new GatedMlp(
        Linear.bind(at.at("gate_proj"), hiddenSize, intermediateSize),
        Linear.bind(at.at("up_proj"), hiddenSize, intermediateSize),
        Linear.bind(at.at("down_proj"), intermediateSize, hiddenSize),
        activation);
  }

  @Override
  public Tensor forward(Tensor x) {
    return downProj
        .forward(gateProj.forward(x, activation).times(upProj.forward(x)))
        .tap(this, "output");
  }
}
