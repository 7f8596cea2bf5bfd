package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.EncodeOptions.Side;
import dev.fovea.core.tokenizer.EncodeOptions.Truncation;
import dev.fovea.core.tokenizer.Encoding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A recorded batch of texts or pairs with the options of its call. */
final class TokenizerBatch {
  private TokenizerBatch() {}

  static Check check(JsonNode recorded, Tokenizer tokenizer, String name) {
    return TokenizerVerifier.checked(
        name,
        () -> {
          List<String> texts = ModelCase.strings(recorded.path("texts"));
          EncodeOptions options = options(recorded.path("options"));
          List<Encoding> encodings =
              recorded.has("pairs")
                  ? tokenizer.encodePairs(texts, ModelCase.strings(recorded.path("pairs")), options)
                  : tokenizer.encodeBatch(texts, options);
          TokenizerVerifier.Difference difference = new TokenizerVerifier.Difference();
          for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            compare(recorded, "input_ids", i, encoding.ids(), difference);
            compare(recorded, "attention_mask", i, encoding.attentionMask(), difference);
            if (recorded.has("token_type_ids")) {
              compare(recorded, "token_type_ids", i, encoding.typeIds(), difference);
            }
          }
          return difference;
        });
  }

  private static void compare(
      JsonNode recorded,
      String field,
      int row,
      int[] computed,
      TokenizerVerifier.Difference difference) {
    difference.ids(
        "%s of text %d".formatted(field, row),
        TokenizerVerifier.ids(recorded.path(field).path(row)),
        computed);
  }

  /** The options as transformers names them. */
  private static EncodeOptions options(JsonNode recorded) {
    EncodeOptions options = EncodeOptions.defaults().withTruncation(Truncation.NONE);
    for (Map.Entry<String, JsonNode> entry : recorded.properties()) {
      String value = entry.getValue().asString();
      options =
          switch (entry.getKey()) {
            case "padding" ->
                options.withPadding(
                    switch (value) {
                      case "true", "longest" -> Padding.LONGEST;
                      case "max_length" -> Padding.MAX_LENGTH;
                      case "false", "do_not_pad" -> Padding.NONE;
                      default -> throw unknown(entry);
                    });
            case "truncation" ->
                options.withTruncation(
                    switch (value) {
                      case "true", "longest_first" -> Truncation.LONGEST_FIRST;
                      case "only_first" -> Truncation.ONLY_FIRST;
                      case "only_second" -> Truncation.ONLY_SECOND;
                      case "false", "do_not_truncate" -> Truncation.NONE;
                      default -> throw unknown(entry);
                    });
            case "max_length" -> options.withMaxLength(entry.getValue().asInt());
            case "pad_to_multiple_of" -> options.withPadToMultipleOf(entry.getValue().asInt());
            case "padding_side" ->
                options.withPaddingSide(value.equals("left") ? Side.LEFT : Side.RIGHT);
            case "add_special_tokens" -> options.withSpecialTokens(entry.getValue().asBoolean());
            default -> throw unknown(entry);
          };
    }
    return options;
  }

  private static BadInputException unknown(Map.Entry<String, JsonNode> entry) {
    return new BadInputException(
        "cases.json: the option %s: %s is not known".formatted(entry.getKey(), entry.getValue()));
  }
}
