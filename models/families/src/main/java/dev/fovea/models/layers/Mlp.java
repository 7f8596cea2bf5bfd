package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;

/** Two linear layers with an activation between them. */
public record Mlp(Linear fc1, Linear fc2, Activation activation) implements FeedForward {
  public static Mlp bind(Binder at, int hiddenSize, int intermediateSize, Activation activation) {
    return new Mlp(
        Linear.bind(at.at("fc1"), hiddenSize, intermediateSize),
        Linear.bind(at.at("fc2"), intermediateSize, hiddenSize),
        activation);
  }

  @Override
  public Tensor forward(Tensor x) {
    return fc2.forward(fc1.forward(x, activation)).tap(this, "output");
  }
}
