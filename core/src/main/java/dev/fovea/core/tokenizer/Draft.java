package dev.fovea.core.tokenizer;

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
 * @param padToken the padding token that the file itself names
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
    Optional<String> padToken) {
  /** An added token with the id that a file gives it. */
  record Declared(AddedToken token, int id) {}
}
