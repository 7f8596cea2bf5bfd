package dev.fovea.core.tokenizer;

import dev.fovea.core.tokenizer.clip.ClipVocabulary;
import dev.fovea.core.tokenizer.pipeline.Normalizer;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import dev.fovea.core.tokenizer.pipeline.TextPattern;
import dev.fovea.core.tokenizer.pipeline.TokenDecoder;
import dev.fovea.core.tokenizer.regex.Regex;
import java.text.Normalizer.Form;
import java.util.List;

/** The stages of Hugging Face's CLIP tokenizer. */
final class ClipStages {
  static final Normalizer NORMALIZER =
      new Normalizer.Sequence(
          List.of(
              new Normalizer.UnicodeForm(Form.NFC),
              new Normalizer.Replace(expression("\\s+"), " "),
              new Normalizer.Lowercase()));

  static final PreTokenizer PRE_TOKENIZER =
      new PreTokenizer.Sequence(
          List.of(
              PreTokenizer.Split.matchesOf(
                  expression("'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+")),
              new PreTokenizer.ByteLevel(false, true)));

  static final TokenDecoder DECODER =
      wordEnds(new TokenDecoder.ByteLevel(), ClipVocabulary.WORD_END);

  private ClipStages() {}

  /** A decoder whose text still has the ends of words in it; they become spaces. */
  static TokenDecoder wordEnds(TokenDecoder decoder, String suffix) {
    return new TokenDecoder.Sequence(
        List.of(
            decoder,
            new TokenDecoder.Fuse(),
            new TokenDecoder.Replace(new TextPattern.Literal(suffix), " "),
            new TokenDecoder.Trim()));
  }

  static TextPattern expression(String expression) {
    return new TextPattern.Expression(Regex.compile(expression, "CLIP"));
  }
}
