package dev.fovea.models.siglip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Encoder;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.PatchEmbedding;
import dev.fovea.models.layers.PatchGrid;
import dev.fovea.models.layers.PositionGrid;

/** The picture side of SigLIP: a vision transformer without class token, pooled by attention. */
public record SiglipVisionModel(
    Embeddings embeddings, Encoder encoder, LayerNorm postLayernorm, AttentionPool head) {
  /** Patches with learned positions. */
  public record Embeddings(PatchEmbedding patchEmbedding, PositionGrid positionEmbedding) {
    Tensor forward(Tensor pixels) {
      int patch = patchEmbedding.weight().shape().dim(3);
      Tensor positions =
          positionEmbedding.forward(pixels.session(), pixels.dim(2) / patch, pixels.dim(3) / patch);
      return patchEmbedding.forward(pixels).plus(positions).tap(this, "output");
    }
  }

  static SiglipVisionModel bind(Binder at, SiglipConfig.Vision config) {
    int hidden = config.transformer().hiddenSize();
    PatchGrid grid = config.grid();
    Binder embeddings = at.at("embeddings");
    return new SiglipVisionModel(
        new Embeddings(
            PatchEmbedding.bind(
                embeddings.at("patch_embedding"),
                grid.numChannels(),
                grid.patchSize(),
                hidden,
                true),
            new PositionGrid(
                embeddings.at("position_embedding").parameter("weight", grid.numPatches(), hidden),
                0,
                grid.side(),
                PositionGrid.Resize.PLAIN)),
        Encoder.bind(at.at("encoder"), config.transformer()),
        LayerNorm.bind(at.at("post_layernorm"), hidden, config.transformer().layerNormEps()),
        AttentionPool.bind(at.at("head"), config.transformer()));
  }

  /**
   * One vector per picture.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, hidden]
   */
  public Tensor forward(Tensor pixels) {
    Tensor states = encoder.forward(embeddings.forward(pixels), Mask.none());
    return head.forward(postLayernorm.forward(states)).tap(this, "pooled");
  }
}
