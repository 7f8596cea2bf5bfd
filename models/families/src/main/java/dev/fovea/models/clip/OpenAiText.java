package dev.fovea.models.clip;

import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.EncodeOptions.Padding;
import dev.fovea.core.tokenizer.Tokenizer;
import java.util.List;

/** Token ids as OpenAI and OpenCLIP make them: always of full length, never masked. */
record OpenAiText(Tokenizer tokenizer, int contextLength) implements ClipText {
  @Override
  public Tokens tokens(List<String> texts) {
    return Tokens.of(
            tokenizer.encodeBatch(
                texts,
                EncodeOptions.defaults()
                    .withMaxLength(contextLength)
                    .withPadding(Padding.MAX_LENGTH)))
        .unmasked();
  }

  @Override
  public ClipText padded() {
    return this;
  }

  @Override
  public boolean fits(String text) {
    return tokenizer.encode(text, EncodeOptions.defaults()).length() <= contextLength;
  }
}
