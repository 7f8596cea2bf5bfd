package dev.fovea.models.bert;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A BERT encoder: {@code BertModel}.
 *
 * @param pooler absent in some files
 */
public record BertModel(
    BertEmbeddings embeddings, BertEncoder encoder, Optional<BertPooler> pooler) {
  /** Binds the layers from the names that {@link #layout} leads to. */
  public static BertModel bind(Binder at, BertConfig config, boolean withPooler) {
    int hidden = config.transformer().hiddenSize();
    return new BertModel(
        BertEmbeddings.bind(at.at("embeddings"), config),
        BertEncoder.bind(at.at("encoder"), config.transformer()),
        withPooler ? Optional.of(BertPooler.bind(at.at("pooler"), hidden)) : Optional.empty());
  }

  /**
   * The names that Hugging Face stores BERT's layers under; the oldest files call the parameters of
   * norms gamma and beta.
   */
  public static Layout layout() {
    String layer = "encoder.layers.*.";
    String stored = "encoder.layer.*.";
    return norm("embeddings.layer_norm", "embeddings.LayerNorm")
        .and(norm(layer + "attention_norm", stored + "attention.output.LayerNorm"))
        .and(norm(layer + "output_norm", stored + "output.LayerNorm"))
        .rename(layer + "self_attn.q_proj.*", stored + "attention.self.query.*")
        .rename(layer + "self_attn.k_proj.*", stored + "attention.self.key.*")
        .rename(layer + "self_attn.v_proj.*", stored + "attention.self.value.*")
        .rename(layer + "self_attn.out_proj.*", stored + "attention.output.dense.*")
        .rename(layer + "mlp.fc1.*", stored + "intermediate.dense.*")
        .rename(layer + "mlp.fc2.*", stored + "output.dense.*")
        .leftover("embeddings.position_ids")
        .leftover("embeddings.token_type_ids");
  }

  private static Layout norm(String canonical, String stored) {
    return Layout.canonical()
        .rename(canonical + ".*", stored + ".*")
        .rename(canonical + ".weight", stored + ".gamma")
        .rename(canonical + ".bias", stored + ".beta");
  }

  /**
   * The states of all tokens.
   *
   * @param ids [batch, tokens]
   * @param typeIds [batch, tokens], 1 for the second text of a pair
   * @return [batch, tokens, hidden]
   */
  public Tensor forward(Session session, Indices ids, Indices typeIds, Mask mask) {
    return encoder.forward(embeddings.forward(session, ids, typeIds), mask);
  }
}
