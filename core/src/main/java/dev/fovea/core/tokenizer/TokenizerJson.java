package dev.fovea.core.tokenizer;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.Bpe;
import dev.fovea.core.tokenizer.pipeline.Normalizer;
import dev.fovea.core.tokenizer.pipeline.NormalizerReader;
import dev.fovea.core.tokenizer.pipeline.PostProcessor;
import dev.fovea.core.tokenizer.pipeline.PostProcessorReader;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import dev.fovea.core.tokenizer.pipeline.PreTokenizerReader;
import dev.fovea.core.tokenizer.pipeline.TokenDecoder;
import dev.fovea.core.tokenizer.pipeline.TokenDecoderReader;
import dev.fovea.core.tokenizer.pipeline.TokenModel;
import dev.fovea.core.tokenizer.pipeline.TokenModelReader;
import dev.fovea.core.tokenizer.pipeline.Vocabulary;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The format of the Hugging Face tokenizers library, version 1.0. Of its {@code truncation} and
 * {@code padding} only token and side are followed; the rest is an option of each call.
 */
final class TokenizerJson {
  private TokenizerJson() {}

  static Draft read(Config root) {
    List<Draft.Declared> added =
        root.objects("added_tokens").stream()
            .map(
                token ->
                    new Draft.Declared(
                        addedToken(token), token.integer("id", -1, 0, Vocabulary.HIGHEST_ID)))
            .toList();
    root.check(root.has("model"), "has no model");
    TokenModel model = TokenModelReader.read(root.object("model"));
    return new Draft(
        root.source(),
        added,
        UnaryOperator.identity(),
        root.optionalObject("normalizer").map(NormalizerReader::read).orElse(Normalizer.NONE),
        root.optionalObject("pre_tokenizer")
            .map(PreTokenizerReader::read)
            .orElse(PreTokenizer.NONE),
        model,
        root.optionalObject("post_processor")
            .map(PostProcessorReader::read)
            .orElse(PostProcessor.NONE),
        decoder(root, model),
        fileDefaults(root));
  }

  private static Draft.FileDefaults fileDefaults(Config root) {
    Config padding = root.object("padding");
    Config truncation = root.object("truncation");
    return new Draft.FileDefaults(
        padding.optionalText("pad_token"),
        SideFiles.side(padding, "direction"),
        SideFiles.side(truncation, "direction"));
  }

  /**
   * The decoder. CLIP's is declared as byte-level alone, and its ends of words are turned into
   * spaces by the tokenizer class.
   */
  private static TokenDecoder decoder(Config root, TokenModel model) {
    TokenDecoder decoder =
        root.optionalObject("decoder")
            .map(TokenDecoderReader::read)
            .orElse(new TokenDecoder.Spaced());
    boolean leavesWordEnds =
        decoder instanceof TokenDecoder.ByteLevel
            && model instanceof Bpe bpe
            && !bpe.endOfWordSuffix().isEmpty();
    return leavesWordEnds ? ClipStages.wordEnds(decoder, ((Bpe) model).endOfWordSuffix()) : decoder;
  }

  /** An added token as written here and in tokenizer_config.json. */
  static AddedToken addedToken(Config token) {
    boolean special = token.flag("special", false);
    return new AddedToken(
        token.text("content"),
        special,
        token.flag("lstrip", false),
        token.flag("rstrip", false),
        token.flag("single_word", false),
        token.flag("normalized", !special));
  }
}
