package dev.fovea.core.tokenizer;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How to encode.
 *
 * @param addSpecialTokens whether the template adds begin, end and separator tokens
 * @param maxLength longer results are truncated to this, special tokens included; it is also the
 *     length of {@link Padding#MAX_LENGTH}, which without it is the tokenizer's own
 * @param truncation which text of a pair loses tokens
 * @param padding how the texts of a batch come to one length
 * @param paddingSide where padding goes, or empty for the tokenizer's own side
 * @param padToMultipleOf padded lengths are rounded up to a multiple of this
 */
public record EncodeOptions(
    boolean addSpecialTokens,
    OptionalInt maxLength,
    Truncation truncation,
    Padding padding,
    Optional<Side> paddingSide,
    OptionalInt padToMultipleOf) {
  /** How the texts of a batch come to one length. */
  public enum Padding {
    NONE,
    LONGEST,
    MAX_LENGTH
  }

  /** Which text of a pair loses tokens where the result would be too long. */
  public enum Truncation {
    /** No text; too long a result stays too long. */
    NONE,
    LONGEST_FIRST,
    ONLY_FIRST,
    ONLY_SECOND
  }

  /** An end of a text. */
  public enum Side {
    LEFT,
    RIGHT
  }

  /** With special tokens, without truncation or padding. */
  public static EncodeOptions defaults() {
    return new EncodeOptions(
        true,
        OptionalInt.empty(),
        Truncation.LONGEST_FIRST,
        Padding.NONE,
        Optional.empty(),
        OptionalInt.empty());
  }

  public EncodeOptions withSpecialTokens(boolean add) {
    return new EncodeOptions(add, maxLength, truncation, padding, paddingSide, padToMultipleOf);
  }

  public EncodeOptions withMaxLength(int length) {
    return new EncodeOptions(
        addSpecialTokens,
        OptionalInt.of(length),
        truncation,
        padding,
        paddingSide,
        padToMultipleOf);
  }

  public EncodeOptions withTruncation(Truncation newTruncation) {
    return new EncodeOptions(
        addSpecialTokens, maxLength, newTruncation, padding, paddingSide, padToMultipleOf);
  }

  public EncodeOptions withPadding(Padding newPadding) {
    return new EncodeOptions(
        addSpecialTokens, maxLength, truncation, newPadding, paddingSide, padToMultipleOf);
  }

  public EncodeOptions withPaddingSide(Side side) {
    return new EncodeOptions(
        addSpecialTokens, maxLength, truncation, padding, Optional.of(side), padToMultipleOf);
  }

  public EncodeOptions withPadToMultipleOf(int multiple) {
    return new EncodeOptions(
        addSpecialTokens, maxLength, truncation, padding, paddingSide, OptionalInt.of(multiple));
  }
}
