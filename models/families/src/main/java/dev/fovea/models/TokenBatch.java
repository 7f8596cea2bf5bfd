package dev.fovea.models;

import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.Encoding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.List;

/**
 * Texts as a model takes them; all are [batch, tokens].
 *
 * @param attentionMask 0 at padding
 * @param typeIds 1 for the second text of a pair
 */
public record TokenBatch(Indices ids, Indices attentionMask, Indices typeIds) {
  /** Tokenizes texts; the options must bring them to one length. */
  public static TokenBatch of(Tokenizer tokenizer, List<String> texts, EncodeOptions options) {
    List<Encoding> encodings = tokenizer.encodeBatch(texts, options);
    return new TokenBatch(
        Indices.ofRows(encodings.stream().map(Encoding::ids).toList()),
        Indices.ofRows(encodings.stream().map(Encoding::attentionMask).toList()),
        Indices.ofRows(encodings.stream().map(Encoding::typeIds).toList()));
  }

  /** Whether a text need not be cut. */
  public static boolean fits(Tokenizer tokenizer, String text, EncodeOptions options) {
    EncodeOptions whole = EncodeOptions.defaults().withSpecialTokens(options.addSpecialTokens());
    return tokenizer.encode(text, whole).length() <= options.maxLength().orElse(Integer.MAX_VALUE);
  }
}
