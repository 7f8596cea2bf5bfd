package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;

/** Reads the {@code decoder} of a tokenizer.json. */
public final class TokenDecoderReader {
  private TokenDecoderReader() {}

  public static TokenDecoder read(Config component) {
    return switch (component.text("type")) {
      case "Sequence" ->
          new TokenDecoder.Sequence(
              Components.steps(component, "decoders", TokenDecoderReader::read));
      case "ByteLevel" -> new TokenDecoder.ByteLevel();
      case "WordPiece" ->
          new TokenDecoder.WordPiece(
              Components.affix(component, "prefix", "##"), component.flag("cleanup", true));
      case "Metaspace" ->
          new TokenDecoder.Metaspace(
              Components.character(component, "replacement", "\u2581"),
              PreTokenizerReader.prependScheme(component) != PrependScheme.NEVER);
      case "BPEDecoder" -> {
        String suffix = component.text("suffix", "</w>");
        component.check(!suffix.isEmpty(), "suffix is empty");
        yield new TokenDecoder.WordSuffix(suffix);
      }
      case "ByteFallback" -> new TokenDecoder.ByteFallback();
      case "Fuse" -> new TokenDecoder.Fuse();
      case "Strip" ->
          new TokenDecoder.Strip(
              Components.character(component, "content", " "),
              component.integer("start", 0, 0, 1 << 16),
              component.integer("stop", 0, 0, 1 << 16));
      case "Replace" ->
          new TokenDecoder.Replace(
              Components.pattern(component), Components.affix(component, "content"));
      case "CTC" ->
          throw new BadInputException(
              component.source()
                  + ": a decoder of type 'CTC' is for speech recognition, which is not supported");
      default -> throw Components.unknown("a decoder", component);
    };
  }
}
