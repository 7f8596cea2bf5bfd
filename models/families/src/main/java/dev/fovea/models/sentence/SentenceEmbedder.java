package dev.fovea.models.sentence;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.Tokenizer;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.PixelBatch;
import dev.fovea.models.TextEmbedder;
import dev.fovea.models.TokenBatch;
import dev.fovea.models.bert.BertConfig;
import dev.fovea.models.bert.BertModel;
import java.util.List;
import java.util.Locale;

/**
 * A BERT encoder whose pooled states stand for sentences, as all-MiniLM-L6-v2. Vectors have
 * Euclidean length 1, with or without a module that normalises.
 */
public final class SentenceEmbedder extends Model implements TextEmbedder {
  private final BertModel bert;
  private final BertConfig config;
  private final SentenceModules modules;
  private final Tokenizer tokenizer;
  private final EncodeOptions options;

  SentenceEmbedder(String family, BertModel bert, BertConfig config, ModelContext context) {
    super(family, bert, context);
    this.bert = bert;
    this.config = config;
    this.modules = SentenceModules.read(context.files());
    this.tokenizer = Tokenizer.load(context.files());
    int longest = config.maxPositionEmbeddings();
    this.options =
        EncodeOptions.defaults()
            .withMaxLength(Math.min(modules.maxSeqLength().orElse(longest), longest))
            .withPadding(EncodeOptions.Padding.LONGEST);
  }

  @Override
  public int dimension() {
    return modules.pooling().dimension(config.transformer().hiddenSize());
  }

  @Override
  public boolean fits(String text) {
    return TokenBatch.fits(tokenizer, prepared(text), options);
  }

  @Override
  public float[][] textFeatures(List<String> texts) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                texts,
                batch ->
                    run(
                        session -> {
                          TokenBatch tokens = tokens(batch);
                          return PixelBatch.rows(pooled(states(session, tokens), tokens));
                        })));
  }

  TokenBatch tokens(List<String> texts) {
    List<String> prepared = texts.stream().map(this::prepared).toList();
    return TokenBatch.of(tokenizer, prepared, options);
  }

  private String prepared(String text) {
    String stripped = text.strip();
    return modules.doLowerCase() ? stripped.toLowerCase(Locale.ROOT) : stripped;
  }

  Tensor states(Session session, TokenBatch tokens) {
    return bert.forward(
        session, tokens.ids(), tokens.typeIds(), Mask.padding(tokens.attentionMask(), false));
  }

  Tensor pooled(Tensor states, TokenBatch tokens) {
    return modules.pooling().pool(states, tokens.attentionMask());
  }
}
