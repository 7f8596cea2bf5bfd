package dev.fovea.models.clip;

import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.List;

/** Token ids as {@code CLIPProcessor} makes them: padded to the longest text, with a mask. */
record HuggingFaceText(Tokenizer tokenizer, int maxLength) implements ClipText {
  @Override
  public Tokens tokens(List<String> texts) {
    return Tokens.of(
        tokenizer.encodeBatch(
            texts, EncodeOptions.defaults().withMaxLength(maxLength).withPadding(Padding.LONGEST)));
  }
}
