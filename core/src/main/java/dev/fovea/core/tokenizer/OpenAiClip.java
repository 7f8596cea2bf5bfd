package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tokenizer.clip.ClipVocabulary;
import dev.fovea.core.tokenizer.clip.OpenAiText;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.AddedVocabulary;
import dev.fovea.core.tokenizer.pipeline.Bpe;
import dev.fovea.core.tokenizer.pipeline.Pipeline;
import dev.fovea.core.tokenizer.pipeline.PostProcessor;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import dev.fovea.core.tokenizer.pipeline.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tokenizer of OpenAI's CLIP and of OpenCLIP. */
final class OpenAiClip {
  private static final int PAD = 0;

  /** How OpenCLIP writes begin and end; only so are they tokens within a text. */
  private static final String BEGIN_IN_TEXT = "<start_of_text>";

  private static final String END_IN_TEXT = "<end_of_text>";

  /** The long s counts as an s where case does not matter, and lower case leaves it as it is. */
  private static final String WORDS =
      BEGIN_IN_TEXT
          + "|"
          + END_IN_TEXT
          + "|'s|'\u017F|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private OpenAiClip() {}

  static Tokenizer load(ModelFiles files) {
    SideFiles side = SideFiles.read(files);
    Bpe model = model(files, side);
    int begin = id(model.vocabulary(), ClipVocabulary.BEGIN, BEGIN_IN_TEXT, files);
    int end = id(model.vocabulary(), ClipVocabulary.END, END_IN_TEXT, files);
    PreTokenizer words =
        new PreTokenizer.Sequence(
            List.of(
                PreTokenizer.Split.matchesOf(ClipStages.expression(WORDS)),
                new PreTokenizer.WholeTokens(Map.of(BEGIN_IN_TEXT, begin, END_IN_TEXT, end)),
                new PreTokenizer.ByteLevel(false, false)));
    Map<AddedToken, Integer> specials =
        Map.of(special(begin, model), begin, special(end, model), end);
    Pipeline pipeline =
        new Pipeline(
            OpenAiText::clean,
            AddedVocabulary.forDecoding(specials),
            words,
            model,
            new PostProcessor.Roberta(begin, end),
            ClipStages.DECODER);
    return new PipelineTokenizer(
        pipeline,
        new TokenizerSettings(
            OptionalInt.of(PAD),
            EncodeOptions.Side.RIGHT,
            EncodeOptions.Side.RIGHT,
            side.modelMaxLength(),
            false));
  }

  private static Bpe model(ModelFiles files, SideFiles side) {
    if (!TokenizerLoader.present(files)) {
      return ClipVocabulary.load();
    }
    if (TokenizerLoader.draft(files, side).model() instanceof Bpe bpe) {
      return bpe;
    }
    throw new BadInputException(
        "%s: not a byte pair encoding, which CLIP's texts need"
            .formatted(files.describe("tokenizer.json")));
  }

  private static AddedToken special(int id, Bpe model) {
    return AddedToken.special(model.vocabulary().token(id).orElseThrow());
  }

  private static int id(Vocabulary vocabulary, String name, String otherName, ModelFiles files) {
    OptionalInt id = vocabulary.id(name);
    return (id.isPresent() ? id : vocabulary.id(otherName))
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s: the vocabulary has no '%s'; is it CLIP's?"
                        .formatted(files.describe("tokenizer.json"), name)));
  }
}
