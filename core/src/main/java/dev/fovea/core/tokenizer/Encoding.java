package dev.fovea.core.tokenizer;

/**
 * One text, or pair of texts, as tokens. All arrays have the same length.
 *
 * @param ids token ids
 * @param attentionMask 1 for tokens, 0 for padding
 * @param typeIds 0 for the first text, 1 for the second
 */
public record Encoding(int[] ids, int[] attentionMask, int[] typeIds) {
  public int length() {
    return ids.length;
  }
}
