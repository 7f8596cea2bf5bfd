package dev.fovea.models.siglip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Attention;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.Mlp;
import dev.fovea.models.layers.TransformerConfig;

/**
 * Multihead attention pooling: a learned query gathers one vector from all patches. Scaling Vision
 * Transformers, section 3.2 (Zhai et al. 2022).
 *
 * @param probe [1, 1, hidden]: the query
 */
public record AttentionPool(Parameter probe, Attention attention, LayerNorm layernorm, Mlp mlp) {
  static AttentionPool bind(Binder at, TransformerConfig config) {
    int hidden = config.hiddenSize();
    return new AttentionPool(
        at.parameter("probe", 1, 1, hidden),
        Attention.bind(at.at("attention"), hidden, config.numAttentionHeads()),
        LayerNorm.bind(at.at("layernorm"), hidden, config.layerNormEps()),
        Mlp.bind(at.at("mlp"), hidden, config.intermediateSize(), config.hiddenAct()));
  }

  /** x: [batch, patches, hidden]; returns [batch, hidden]. */
  public Tensor forward(Tensor x) {
    Tensor query = x.session().weight(probe).broadcastTo(Shape.of(x.dim(0), 1, x.dim(2)));
    Tensor gathered = attention.forward(query, x, Mask.none());
    return gathered.plus(mlp.forward(layernorm.forward(gathered))).select(1, 0);
  }
}
