package dev.fovea.models.sentence;

import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.Model;
import dev.fovea.models.TokenBatch;
import dev.fovea.models.bert.BertModel;
import dev.fovea.models.verify.ModelCase;
import dev.fovea.models.verify.Names;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.Replay;

/** The recorded outputs of sentence embedding with {@code BertModel}. */
final class SentenceReplay implements Replay {
  private static final Names NAMES =
      new Names()
          .add("embeddings.output", "bert.hidden_states.0")
          .addLayers("encoder.layers.", ".output", "bert.hidden_states.", 1)
          .add("pooler.output", "pooler_output");

  /** How many tokens of the first text are recorded where the rest would be large. */
  private static final int RECORDED_TOKENS = 12;

  @Override
  public void run(Model model, ModelCase recorded, Outputs outputs) {
    SentenceEmbedder embedder = (SentenceEmbedder) model;
    BertModel bert = (BertModel) model.root();
    TokenBatch tokens = embedder.tokens(recorded.texts());
    outputs.put("input_ids", tokens.ids());
    outputs.put("attention_mask", tokens.attentionMask());
    outputs.put("token_type_ids", tokens.typeIds());
    embedder.run(
        session -> {
          session.withTap(bert, outputs.tap(NAMES));
          Tensor states = embedder.states(session, tokens);
          outputs.put("last_hidden_state.first", firstTokens(states));
          bert.pooler().ifPresent(pooler -> pooler.forward(states));
          for (SentencePooling.Mode mode : SentencePooling.Mode.values()) {
            outputs.put(
                mode.recordedName(), SentencePooling.pool(mode, states, tokens.attentionMask()));
          }
          Tensor vectors = embedder.pooled(states, tokens).normalized();
          outputs.put("sentence_embedding", vectors);
          outputs.put("cosine", vectors.matmulTransposed(vectors));
          return true;
        });
  }

  private static Tensor firstTokens(Tensor states) {
    return states.select(0, 0).narrow(0, 0, Math.min(RECORDED_TOKENS, states.dim(1)));
  }
}
