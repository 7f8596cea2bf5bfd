package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;

/** Token and position tables, added. */
public record TextEmbeddings(Embedding tokenEmbedding, Embedding positionEmbedding) {
  public static TextEmbeddings bind(
      Binder at, int vocabSize, int maxPositionEmbeddings, int hiddenSize) {
    return new TextEmbeddings(
        Embedding.bind(at.at("token_embedding"), vocabSize, hiddenSize),
        Embedding.bind(at.at("position_embedding"), maxPositionEmbeddings, hiddenSize));
  }

  /** ids: [batch, tokens]; returns [batch, tokens, hidden]. */
  public Tensor forward(Session session, Indices ids) {
    return tokenEmbedding
        .forward(session, ids)
        .plus(positionEmbedding.first(session, ids.length()))
        .tap(this, "output");
  }
}
