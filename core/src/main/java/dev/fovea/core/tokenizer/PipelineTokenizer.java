package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.Pipeline;
import dev.fovea.core.tokenizer.pipeline.SpaceCleanUp;
import dev.fovea.core.tokenizer.pipeline.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A tokenizer of the usual stages. */
record PipelineTokenizer(Pipeline pipeline, TokenizerSettings settings) implements Tokenizer {
  @Override
  public List<Encoding> encodeBatch(List<String> texts, EncodeOptions options) {
    List<Tokens> results = new ArrayList<>();
    for (String text : texts) {
      results.add(assemble(List.of(pipeline.tokens(text, 0)), options));
    }
    return Padder.pad(results, options, settings);
  }

  @Override
  public List<Encoding> encodePairs(
      List<String> firsts, List<String> seconds, EncodeOptions options) {
    if (firsts.size() != seconds.size()) {
      throw new BadInputException(
          "%d first texts but %d second texts; a pair needs both"
              .formatted(firsts.size(), seconds.size()));
    }
    List<Tokens> results = new ArrayList<>();
    for (int i = 0; i < firsts.size(); i++) {
      results.add(
          assemble(
              List.of(pipeline.tokens(firsts.get(i), 0), pipeline.tokens(seconds.get(i), 1)),
              options));
    }
    return Padder.pad(results, options, settings);
  }

  private Tokens assemble(List<Tokens> parts, EncodeOptions options) {
    int added = options.addSpecialTokens() ? pipeline.postProcessor().added(parts.size() == 2) : 0;
    List<Tokens> kept = Truncator.truncate(parts, added, options, settings.truncationSide());
    return Tokens.concat(pipeline.postProcessor().process(kept, options.addSpecialTokens()));
  }

  @Override
  public String decode(int[] ids, boolean skipSpecialTokens) {
    List<String> tokens = new ArrayList<>();
    for (int id : ids) {
      Optional<AddedToken> added = pipeline.added().token(id);
      if (!skipSpecialTokens || added.isEmpty() || !added.get().special()) {
        token(id).ifPresent(tokens::add);
      }
    }
    String text = String.join("", pipeline.decoder().decode(tokens));
    return settings.cleanUpSpaces() ? SpaceCleanUp.inText(text) : text;
  }

  @Override
  public OptionalInt tokenId(String token) {
    return pipeline.id(token);
  }

  @Override
  public Optional<String> token(int id) {
    return pipeline
        .added()
        .token(id)
        .map(AddedToken::content)
        .or(() -> pipeline.model().vocabulary().token(id));
  }

  @Override
  public OptionalInt padTokenId() {
    return settings.padTokenId();
  }

  @Override
  public OptionalInt modelMaxLength() {
    return settings.modelMaxLength();
  }

  @Override
  public int vocabularySize() {
    return 1 + Math.max(pipeline.added().highestId(), pipeline.model().vocabulary().highestId());
  }
}
