package dev.fovea.models.verify;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.Encoding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a recording says of OpenAI's own tokenizer: {@code openai_ids} of texts where it differs
 * from Hugging Face's (texts without the field are the same), and {@code open_clip_77}.
 */
final class OpenAiClipChecks {
  private static final int CONTEXT = 77;

  private OpenAiClipChecks() {}

  static List<Check> of(JsonNode recorded, ModelFiles files) {
    JsonNode cases = recorded.path("cases");
    boolean compared = cases.valueStream().anyMatch(text -> text.has("openai_ids"));
    if (!compared && !recorded.has("open_clip_77")) {
      return List.of();
    }
    Tokenizer tokenizer = Tokenizer.openAiClip(files);
    List<Check> checks = new ArrayList<>();
    for (JsonNode text : cases) {
      JsonNode ids = text.has("openai_ids") ? text.path("openai_ids") : text.path("ids");
      checks.add(
          check(
              "cases[%d] as OpenAI".formatted(checks.size()),
              text.path("text").asString(),
              ids,
              tokenizer,
              EncodeOptions.defaults()));
    }
    EncodeOptions padded =
        EncodeOptions.defaults().withMaxLength(CONTEXT).withPadding(Padding.MAX_LENGTH);
    JsonNode contexts = recorded.path("open_clip_77");
    for (int i = 0; i < contexts.path("texts").size(); i++) {
      checks.add(
          check(
              "open_clip_77[%d]".formatted(i),
              contexts.path("texts").path(i).asString(),
              contexts.path("ids").path(i),
              tokenizer,
              padded));
    }
    return checks;
  }

  private static Check check(
      String name, String text, JsonNode ids, Tokenizer tokenizer, EncodeOptions options) {
    return TokenizerVerifier.checked(
        name,
        () -> {
          Encoding encoding = tokenizer.encode(text, options);
          TokenizerVerifier.Difference difference = new TokenizerVerifier.Difference();
          difference.ids("ids", TokenizerVerifier.ids(ids), encoding.ids());
          return difference;
        });
  }
}
