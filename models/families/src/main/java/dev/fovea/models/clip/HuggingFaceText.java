package dev.fovea.models.clip;

import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.Encoding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.List;

/** Token ids as {@code CLIPProcessor} makes them: padded to the longest text, with a mask. */
final class HuggingFaceText {
  private HuggingFaceText() {}

  static ClipText.Tokens tokens(Tokenizer tokenizer, List<String> texts, int maxLength) {
    List<Encoding> encodings =
        tokenizer.encodeBatch(
            texts, EncodeOptions.defaults().withMaxLength(maxLength).withPadding(Padding.LONGEST));
    return new ClipText.Tokens(
        Indices.ofRows(encodings.stream().map(Encoding::ids).toList()),
        Indices.ofRows(encodings.stream().map(Encoding::attentionMask).toList()));
  }
}
