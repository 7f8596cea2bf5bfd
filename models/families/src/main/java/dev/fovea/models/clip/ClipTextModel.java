package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Embedding;
import dev.fovea.models.layers.Encoder;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.Pooling;

/**
 * The text side of CLIP: a transformer, usually causal and read at the end token.
 *
 * @param causal whether a token sees only what is before it
 */
public record ClipTextModel(
    Embeddings embeddings,
    Encoder encoder,
    LayerNorm finalLayerNorm,
    boolean causal,
    TextPooling pooling) {
  /** Token and position tables. */
  public record Embeddings(Embedding tokenEmbedding, Embedding positionEmbedding) {
    Tensor forward(Session session, Indices ids) {
      return tokenEmbedding
          .forward(session, ids)
          .tap(tokenEmbedding, "output")
          .plus(positionEmbedding.first(session, ids.length()))
          .tap(this, "output");
    }
  }

  static ClipTextModel bind(Binder at, ClipConfig.Text config) {
    int hidden = config.transformer().hiddenSize();
    Binder embeddings = at.at("embeddings");
    return new ClipTextModel(
        new Embeddings(
            Embedding.bind(embeddings.at("token_embedding"), config.vocabSize(), hidden),
            Embedding.bind(
                embeddings.at("position_embedding"), config.maxPositionEmbeddings(), hidden)),
        Encoder.bind(at.at("encoder"), config.transformer()),
        LayerNorm.bind(at.at("final_layer_norm"), hidden, config.transformer().layerNormEps()),
        config.causal(),
        config.pooling());
  }

  /**
   * One vector per text.
   *
   * @param ids [batch, tokens]
   * @param attentionMask [batch, tokens], 0 at padding
   * @return [batch, hidden]
   */
  public Tensor forward(Session session, Indices ids, Indices attentionMask) {
    Mask mask = Mask.padding(attentionMask, causal);
    Tensor states =
        finalLayerNorm
            .forward(encoder.forward(embeddings.forward(session, ids), mask))
            .tap(this, "lastHiddenState");
    return Pooling.at(states, pooling.positions(ids)).tap(this, "pooled");
  }
}
