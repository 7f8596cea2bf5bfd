package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Config;
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

  /**
   * Reads the fields that nearly all configurations of transformers share.
   *
   * @param defaults what absent fields stand for
   * @throws dev.fovea.core.BadInputException if a field is wrong
   */
  public static TransformerConfig read(Config config, TransformerConfig defaults) {
    int hidden = config.size("hidden_size", defaults.hiddenSize);
    int heads = config.size("num_attention_heads", defaults.numAttentionHeads);
    config.check(
        hidden % heads == 0,
        "hidden_size %d is not a multiple of num_attention_heads %d".formatted(hidden, heads));
    return new TransformerConfig(
        hidden,
        config.size("intermediate_size", defaults.intermediateSize),
        config.integer("num_hidden_layers", defaults.numHiddenLayers, 1, MOST_LAYERS),
        heads,
        config.has("hidden_act") ? config.activation("hidden_act", "") : defaults.hiddenAct,
        config.number("layer_norm_eps", defaults.layerNormEps),
        defaults.layerScale);
  }
}
