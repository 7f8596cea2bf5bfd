package dev.fovea.models.clip;

import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.List;

/** Token ids as {@code CLIPProcessor} makes them: padded to the longest text, with a mask. */
record HuggingFaceText(Tokenizer tokenizer, int maxLength, Padding padding) implements ClipText {
  HuggingFaceText(Tokenizer tokenizer, int maxLength) {
    this(tokenizer, maxLength, Padding.LONGEST);
  }

  @Override
  public Tokens tokens(List<String> texts) {
    return Tokens.of(
        tokenizer.encodeBatch(
            texts, EncodeOptions.defaults().withMaxLength(maxLength).withPadding(padding)));
  }

  @Override
  public ClipText padded() {
    return new HuggingFaceText(tokenizer, maxLength, Padding.MAX_LENGTH);
  }

  @Override
  public boolean fits(String text) {
    return tokenizer.encode(text, EncodeOptions.defaults()).length() <= maxLength;
  }
}
