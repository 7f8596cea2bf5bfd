package dev.fovea.models.dinov2;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.layers.PatchGrid;
import dev.fovea.models.layers.PositionGrid;
import dev.fovea.models.layers.TransformerConfig;

/**
 * The sizes of a DINOv2 model.
 *
 * @param qkvBias whether queries, keys and values have a bias
 * @param swiGlu whether the feed-forward layers are gated, as in the giant model
 * @param maskToken whether there is a token for hidden patches
 * @param numRegisterTokens registers behind the class token; 0 for none
 * @param resize how positions are brought to another picture size
 */
public record Dinov2Config(
    TransformerConfig transformer,
    PatchGrid grid,
    boolean qkvBias,
    boolean swiGlu,
    boolean maskToken,
    int numRegisterTokens,
    PositionGrid.Resize resize) {
  private static final TransformerConfig BASE =
      new TransformerConfig(768, 3072, 12, 12, Activation.GELU, 1e-6, true);

  /**
   * Reads the config.json of a {@code Dinov2Model} or {@code Dinov2WithRegistersModel}; absent
   * fields take the defaults of transformers.
   */
  public static Dinov2Config read(Config config) {
    boolean registers = config.text("model_type", "").equals("dinov2_with_registers");
    boolean swiGlu = config.flag("use_swiglu_ffn", false);
    TransformerConfig base = TransformerConfig.read(config, BASE);
    return new Dinov2Config(
        new TransformerConfig(
            base.hiddenSize(),
            intermediateSize(config, base.hiddenSize(), swiGlu),
            base.numHiddenLayers(),
            base.numAttentionHeads(),
            swiGlu ? Activation.SILU : base.hiddenAct(),
            base.layerNormEps(),
            true),
        PatchGrid.read(config, new PatchGrid(3, 224, registers ? 16 : 14)),
        config.flag("qkv_bias", true),
        swiGlu,
        registers || config.flag("use_mask_token", true),
        registers ? config.integer("num_register_tokens", 4, 1, 1024) : 0,
        registers ? PositionGrid.Resize.ANTIALIASED : PositionGrid.Resize.PLAIN);
  }

  /** A gated layer has two thirds of the width, rounded up to a multiple of 8. */
  private static int intermediateSize(Config config, int hiddenSize, boolean swiGlu) {
    double ratio = config.number("mlp_ratio", 4);
    config.check(ratio > 0 && ratio <= 1024, "mlp_ratio is not between 0 and 1024");
    int width = (int) (hiddenSize * ratio);
    int size = swiGlu ? (width * 2 / 3 + 7) / 8 * 8 : width;
    config.check(size > 0, "mlp_ratio leaves no width");
    return size;
  }
}
