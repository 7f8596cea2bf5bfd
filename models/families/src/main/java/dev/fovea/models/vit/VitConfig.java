package dev.fovea.models.vit;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.layers.PatchGrid;
import dev.fovea.models.layers.TransformerConfig;

/**
 * The sizes of a vision transformer.
 *
 * @param qkvBias whether queries, keys and values have a bias
 * @param poolerOutputSize width of the pooled vector, where there is a pooler
 */
public record VitConfig(
    TransformerConfig transformer,
    PatchGrid grid,
    boolean qkvBias,
    int poolerOutputSize,
    Activation poolerAct) {
  private static final TransformerConfig BASE =
      new TransformerConfig(768, 3072, 12, 12, Activation.GELU, 1e-12);

  /**
   * Reads the config.json of a {@code ViTModel}; absent fields take the defaults of transformers.
   */
  public static VitConfig read(Config config) {
    TransformerConfig transformer = TransformerConfig.read(config, BASE);
    return new VitConfig(
        transformer,
        PatchGrid.read(config, new PatchGrid(3, 224, 16)),
        config.flag("qkv_bias", true),
        config.size("pooler_output_size", transformer.hiddenSize()),
        config.activation("pooler_act", "tanh"));
  }
}
