package dev.fovea.core.tokenizer;

import java.util.OptionalInt;

/**
 * How to encode.
 *
 * @param addSpecialTokens whether the template adds begin, end and separator tokens
 * @param maxLength longer results are truncated to this, special tokens kept
 * @param padding how the texts of a batch come to one length
 */
public record EncodeOptions(boolean addSpecialTokens, OptionalInt maxLength, Padding padding) {
  /** How the texts of a batch come to one length. */
  public enum Padding {
    NONE,
    LONGEST,
    MAX_LENGTH
  }

  /** With special tokens, without truncation or padding. */
  public static EncodeOptions defaults() {
    return new EncodeOptions(true, OptionalInt.empty(), Padding.NONE);
  }

  public EncodeOptions withSpecialTokens(boolean add) {
    return new EncodeOptions(add, maxLength, padding);
  }

  public EncodeOptions withMaxLength(int length) {
    return new EncodeOptions(addSpecialTokens, OptionalInt.of(length), padding);
  }

  public EncodeOptions withPadding(Padding newPadding) {
    return new EncodeOptions(addSpecialTokens, maxLength, newPadding);
  }
}
