package dev.fovea.models.clip;

import dev.fovea.core.tensor.Indices;
import java.util.List;

/** From texts to token ids, by the rule of the exporter. */
@FunctionalInterface
interface ClipText {
  /**
   * Token ids of a batch.
   *
   * @param attentionMask 0 at padding; all 1 where the exporter does not mask
   */
  record Tokens(Indices ids, Indices attentionMask) {
    static Tokens unmasked(Indices ids) {
      int[] ones = new int[ids.values().length];
      java.util.Arrays.fill(ones, 1);
      return new Tokens(ids, new Indices(ids.batch(), ids.length(), ones));
    }
  }

  Tokens tokens(List<String> texts);
}
