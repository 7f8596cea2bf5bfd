package dev.fovea.models.layers;

import dev.fovea.core.tensor.Tensor;

/** The part of a transformer block that treats every token alone. */
public sealed interface FeedForward permits Mlp, GatedMlp {
  /** x: [batch, tokens, hidden]. */
  Tensor forward(Tensor x);
}
