package dev.fovea.models.layers;

import dev.fovea.core.tensor.Activation;

/** The sizes of a stack of transformer blocks, named as in config.json. */
public record TransformerConfig(
    int hiddenSize,
    int intermediateSize,
    int numHiddenLayers,
    int numAttentionHeads,
    Activation hiddenAct,
    double layerNormEps) {}
