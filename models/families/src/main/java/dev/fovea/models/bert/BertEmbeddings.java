package dev.fovea.models.bert;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Embedding;
import dev.fovea.models.layers.LayerNorm;

/** The sum of a token's own vector, its position's and its text's, normed. BERT, figure 2. */
public record BertEmbeddings(
    Embedding wordEmbeddings,
    Embedding positionEmbeddings,
    Embedding tokenTypeEmbeddings,
    LayerNorm layerNorm) {
  static BertEmbeddings bind(Binder at, BertConfig config) {
    int hidden = config.transformer().hiddenSize();
    return new BertEmbeddings(
        Embedding.bind(at.at("word_embeddings"), config.vocabSize(), hidden),
        Embedding.bind(at.at("position_embeddings"), config.maxPositionEmbeddings(), hidden),
        Embedding.bind(at.at("token_type_embeddings"), config.typeVocabSize(), hidden),
        LayerNorm.bind(at.at("layer_norm"), hidden, config.transformer().layerNormEps()));
  }

  /** ids, typeIds: [batch, tokens]; returns [batch, tokens, hidden]. */
  public Tensor forward(Session session, Indices ids, Indices typeIds) {
    Tensor sum =
        wordEmbeddings
            .forward(session, ids)
            .plus(tokenTypeEmbeddings.forward(session, typeIds))
            .plus(positionEmbeddings.first(session, ids.length()));
    return layerNorm.forward(sum).tap(this, "output");
  }
}
