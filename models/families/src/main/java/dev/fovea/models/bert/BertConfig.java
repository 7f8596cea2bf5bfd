package dev.fovea.models.bert;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.layers.TransformerConfig;

/**
 * The sizes of a BERT model.
 *
 * @param maxPositionEmbeddings tokens that a text can have
 * @param typeVocabSize kinds of texts in one input; 2 for a pair
 */
public record BertConfig(
    TransformerConfig transformer, int vocabSize, int maxPositionEmbeddings, int typeVocabSize) {
  private static final TransformerConfig BASE =
      new TransformerConfig(768, 3072, 12, 12, Activation.GELU, 1e-12);

  /**
   * Reads the config.json of a {@code BertModel}; absent fields take the defaults of transformers.
   */
  public static BertConfig read(Config config) {
    if (!config.text("position_embedding_type", "absolute").equals("absolute")) {
      throw config.wrong("position_embedding_type", "absolute, the only kind that is known");
    }
    return new BertConfig(
        TransformerConfig.read(config, BASE),
        config.size("vocab_size", 30522),
        config.size("max_position_embeddings", 512),
        config.size("type_vocab_size", 2));
  }
}
