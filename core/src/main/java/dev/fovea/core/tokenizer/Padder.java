package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.EncodeOptions.Side;
import dev.fovea.core.tokenizer.pipeline.Tokens;
import java.util.Arrays;
import java.util.List;

/** Brings the results of a batch to one length. */
final class Padder {
  /** Longer padding is a mistake, and would only fill memory. */
  private static final int LONGEST = 1 << 24;

  private Padder() {}

  static List<Encoding> pad(
      List<Tokens> results, EncodeOptions options, TokenizerSettings settings) {
    int length = options.padding() == Padding.NONE ? 0 : length(results, options, settings);
    return results.stream().map(tokens -> pad(tokens, length, options, settings)).toList();
  }

  private static int length(
      List<Tokens> results, EncodeOptions options, TokenizerSettings settings) {
    long length;
    if (options.padding() == Padding.MAX_LENGTH) {
      length =
          (options.maxLength().isPresent() ? options.maxLength() : settings.modelMaxLength())
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "padding to the maximum length needs a length: neither the options nor"
                              + " tokenizer_config.json (model_max_length) give one"));
    } else {
      length = results.stream().mapToInt(Tokens::length).max().orElse(0);
    }
    int multiple = options.padToMultipleOf().orElse(1);
    if (multiple < 1) {
      throw new BadInputException(
          "padding to a multiple of %d: expected 1 or more".formatted(multiple));
    }
    long rounded = (length + multiple - 1) / multiple * multiple;
    if (rounded > LONGEST) {
      throw new BadInputException(
          "padding to %,d tokens: expected at most %,d".formatted(rounded, LONGEST));
    }
    return (int) rounded;
  }

  private static Encoding pad(
      Tokens tokens, int length, EncodeOptions options, TokenizerSettings settings) {
    int real = tokens.length();
    int[] mask = new int[Math.max(real, length)];
    if (real >= length) {
      Arrays.fill(mask, 1);
      return new Encoding(tokens.ids(), mask, tokens.typeIds());
    }
    int pad =
        settings
            .padTokenId()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "the tokenizer has no padding token; set pad_token in"
                            + " tokenizer_config.json or encode without padding"));
    int at = options.paddingSide().orElse(settings.paddingSide()) == Side.LEFT ? length - real : 0;
    int[] ids = new int[length];
    int[] typeIds = new int[length];
    Arrays.fill(ids, pad);
    System.arraycopy(tokens.ids(), 0, ids, at, real);
    System.arraycopy(tokens.typeIds(), 0, typeIds, at, real);
    Arrays.fill(mask, at, at + real, 1);
    return new Encoding(ids, mask, typeIds);
  }
}
