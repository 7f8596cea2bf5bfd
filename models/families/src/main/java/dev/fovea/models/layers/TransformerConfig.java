package dev.fovea.models.layers;

import dev.fovea.core.tensor.Activation;

/**
 * The sizes of a stack of transformer blocks, named as in config.json.
 *
 * @param layerScale whether residual branches are scaled by learned factors
 */
public record TransformerConfig(
    int hiddenSize,
    int intermediateSize,
    int numHiddenLayers,
    int numAttentionHeads,
    Activation hiddenAct,
    double layerNormEps,
    boolean layerScale) {
  /** No model has more blocks; larger numbers would make trees without end. */
  public static final int MOST_LAYERS = 1024;

  /** Sizes of plain blocks. */
  public TransformerConfig(
      int hiddenSize,
      int intermediateSize,
      int numHiddenLayers,
      int numAttentionHeads,
      Activation hiddenAct,
      double layerNormEps) {
    this(
        hiddenSize,
        intermediateSize,
        numHiddenLayers,
        numAttentionHeads,
        hiddenAct,
        layerNormEps,
        false);
  }
}
