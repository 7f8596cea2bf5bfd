package dev.fovea.core.tokenizer;

import dev.fovea.core.tokenizer.EncodeOptions.Side;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.Normalizer;
import dev.fovea.core.tokenizer.pipeline.PostProcessor;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import dev.fovea.core.tokenizer.pipeline.TokenDecoder;
import dev.fovea.core.tokenizer.pipeline.TokenModel;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stages of a tokenizer before its configuration is looked at.
 *
 * @param source what to call the file in an error
 * @param added the added tokens that the file declares
 * @param preparation what happens to a text before added tokens are looked for
 * @param padding what the file itself says about padding and truncation
 */
record Draft(
    String source,
    List<Declared> added,
    UnaryOperator<String> preparation,
    Normalizer normalizer,
    PreTokenizer preTokenizer,
    TokenModel model,
    PostProcessor postProcessor,
    TokenDecoder decoder,
    FileDefaults padding) {
  /** What a tokenizer.json says about padding and truncation, which the configuration overrides. */
  record FileDefaults(
      Optional<String> padToken, Optional<Side> paddingSide, Optional<Side> truncationSide) {
    static final FileDefaults NONE =
        new FileDefaults(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** An added token with the id that a file gives it. */
  record Declared(AddedToken token, int id) {}

  Draft withNormalizer(Normalizer changed) {
    return new Draft(
        source, added, preparation, changed, preTokenizer, model, postProcessor, decoder, padding);
  }

  Draft withPreTokenizer(PreTokenizer changed) {
    return new Draft(
        source, added, preparation, normalizer, changed, model, postProcessor, decoder, padding);
  }

  Draft withPostProcessor(PostProcessor changed) {
    return new Draft(
        source, added, preparation, normalizer, preTokenizer, model, changed, decoder, padding);
  }
}
