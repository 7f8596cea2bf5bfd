package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Linear;

/**
 * Pools a grid by attention: the query is the mean of all cells. Radford et al. 2021, section 2.4.
 *
 * @param positionalEmbedding [1 + cells, channels]
 */
public record AttentionPool(
    Parameter positionalEmbedding,
    Linear kProj,
    Linear qProj,
    Linear vProj,
    Linear cProj,
    int numHeads) {
  static AttentionPool bind(Binder at, ClipConfig.VisionResNet config, int projectionDim) {
    int channels = config.embedDim();
    int side = config.imageSize() / 32;
    return new AttentionPool(
        at.parameter("positional_embedding", side * side + 1, channels),
        Linear.bind(at.at("k_proj"), channels, channels),
        Linear.bind(at.at("q_proj"), channels, channels),
        Linear.bind(at.at("v_proj"), channels, channels),
        Linear.bind(at.at("c_proj"), channels, projectionDim),
        config.numHeads());
  }

  /**
   * One vector per picture.
   *
   * @param grid [batch, channels, rows, columns]
   * @return [batch, projectionDim]
   */
  public Tensor forward(Tensor grid) {
    Tensor cells = grid.reshape(grid.dim(0), grid.dim(1), -1);
    Tensor tokens =
        Tensor.concat(2, cells.mean(), cells)
            .permute(0, 2, 1)
            .plus(grid.session().weight(positionalEmbedding));
    float scale = (float) (1 / Math.sqrt(tokens.dim(2) / numHeads));
    AttentionSpec spec = new AttentionSpec(numHeads, numHeads, scale, Mask.none());
    Tensor attended =
        qProj
            .forward(tokens.narrow(1, 0, 1))
            .attend(this, kProj.forward(tokens), vProj.forward(tokens), spec);
    return cProj.forward(attended.select(1, 0)).tap(this, "output");
  }
}
