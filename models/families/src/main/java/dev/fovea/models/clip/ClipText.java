package dev.fovea.models.clip;

import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tokenizer.Encoding;
import java.util.Arrays;
import java.util.List;

/** From texts to token ids, by the rule of the exporter. Longer texts are cut to the context. */
interface ClipText {
  /**
   * Token ids of a batch.
   *
   * @param attentionMask 0 at padding; all 1 where the exporter does not mask
   */
  record Tokens(Indices ids, Indices attentionMask) {
    static Tokens of(List<Encoding> encodings) {
      return new Tokens(
          Indices.ofRows(encodings.stream().map(Encoding::ids).toList()),
          Indices.ofRows(encodings.stream().map(Encoding::attentionMask).toList()));
    }

    /** The same ids with nothing hidden. */
    Tokens unmasked() {
      int[] ones = new int[ids.values().length];
      Arrays.fill(ones, 1);
      return new Tokens(ids, new Indices(ids.batch(), ids.length(), ones));
    }
  }

  Tokens tokens(List<String> texts);

  /** The same with every text padded to the whole context. */
  ClipText padded();

  /** Whether a text need not be cut. */
  boolean fits(String text);
}
