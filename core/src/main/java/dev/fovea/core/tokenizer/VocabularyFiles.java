package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tokenizer.clip.ClipVocabulary;
import dev.fovea.core.tokenizer.pipeline.Bpe;
import dev.fovea.core.tokenizer.pipeline.Merges;
import dev.fovea.core.tokenizer.pipeline.Normalizer;
import dev.fovea.core.tokenizer.pipeline.PostProcessor;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import dev.fovea.core.tokenizer.pipeline.TokenDecoder;
import dev.fovea.core.tokenizer.pipeline.TokenModelReader;
import dev.fovea.core.tokenizer.pipeline.Vocabulary;
import dev.fovea.core.tokenizer.pipeline.WordPiece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tokenizers of folders that hold a bare vocabulary: its stages are those of the tokenizer class
 * that tokenizer_config.json names.
 */
final class VocabularyFiles {
  private VocabularyFiles() {}

  /** {@code vocab.json} and {@code merges.txt}: CLIP, GPT-2, OPT, RoBERTa. */
  static Draft byteLevel(ModelFiles files, SideFiles side) {
    Vocabulary vocabulary =
        TokenModelReader.vocabulary(files.json("vocab.json"), files.describe("vocab.json"));
    boolean clip = isClip(side, vocabulary);
    Optional<String> unknown =
        clip
            ? side.special("unk_token").or(() -> Optional.of(ClipVocabulary.END))
            : Optional.empty();
    Bpe model = bpe(files, vocabulary, unknown, clip ? ClipVocabulary.WORD_END : "");
    String described = files.describe("vocab.json");
    return new Draft(
        described,
        List.of(),
        UnaryOperator.identity(),
        clip ? ClipStages.NORMALIZER : Normalizer.NONE,
        clip
            ? ClipStages.PRE_TOKENIZER
            : new PreTokenizer.ByteLevel(side.config().flag("add_prefix_space", false), true),
        model,
        postProcessor(side, vocabulary, clip, described),
        clip ? ClipStages.DECODER : new TokenDecoder.ByteLevel(),
        Draft.FileDefaults.NONE);
  }

  /** {@code vocab.txt}, one token a line: BERT. */
  static Draft wordPiece(ModelFiles files, SideFiles side) {
    String source = files.describe("vocab.txt");
    Map<String, Integer> ids = new LinkedHashMap<>();
    String[] lines = files.text("vocab.txt").split("\\r\\n|\n|\r", -1);
    for (int id = 0; id < lines.length; id++) {
      if (!lines[id].isEmpty() && ids.put(lines[id], id) != null) {
        throw new BadInputException("%s: token '%s' is there twice".formatted(source, lines[id]));
      }
    }
    Vocabulary vocabulary = new Vocabulary(ids, source);
    String unknown = side.special("unk_token").orElse("[UNK]");
    boolean lowercase = side.config().flag("do_lower_case", true);
    return new Draft(
        source,
        List.of(),
        UnaryOperator.identity(),
        new Normalizer.Bert(
            true,
            side.config().flag("tokenize_chinese_chars", true),
            side.config().flag("strip_accents", lowercase),
            lowercase),
        new PreTokenizer.Bert(),
        new WordPiece(vocabulary, unknown, "##", 100),
        new PostProcessor.Bert(
            id(side.special("cls_token").orElse("[CLS]"), vocabulary, source),
            id(side.special("sep_token").orElse("[SEP]"), vocabulary, source)),
        new TokenDecoder.WordPiece("##", true),
        Draft.FileDefaults.NONE);
  }

  private static Bpe bpe(
      ModelFiles files, Vocabulary vocabulary, Optional<String> unknown, String endOfWord) {
    String source = files.describe("merges.txt");
    Merges merges = new Merges(merges(files.text("merges.txt"), source), vocabulary, 0, source);
    return new Bpe(
        vocabulary, merges, new Bpe.Options(unknown, "", endOfWord, false, false, false));
  }

  private static boolean isClip(SideFiles side, Vocabulary vocabulary) {
    return side.tokenizerClass().isEmpty()
        ? vocabulary.id(ClipVocabulary.BEGIN).isPresent()
        : side.tokenizerClass().equals("CLIPTokenizer");
  }

  private static PostProcessor postProcessor(
      SideFiles side, Vocabulary vocabulary, boolean clip, String source) {
    if (clip) {
      return new PostProcessor.Roberta(
          id(side.special("bos_token").orElse(ClipVocabulary.BEGIN), vocabulary, source),
          id(side.special("eos_token").orElse(ClipVocabulary.END), vocabulary, source));
    }
    if (side.tokenizerClass().equals("RobertaTokenizer")) {
      return new PostProcessor.Roberta(
          id(side.special("cls_token").orElse("<s>"), vocabulary, source),
          id(side.special("sep_token").orElse("</s>"), vocabulary, source));
    }
    if (side.config().flag("add_bos_token", false)) {
      int bos = id(side.special("bos_token").orElse("<|endoftext|>"), vocabulary, source);
      return PostProcessor.Template.beginning(bos);
    }
    return PostProcessor.NONE;
  }

  private static int id(String token, Vocabulary vocabulary, String source) {
    return vocabulary
        .id(token)
        .orElseThrow(() -> new BadInputException("%s: has no token '%s'".formatted(source, token)));
  }

  private static List<Merges.Pair> merges(String text, String source) {
    return text.lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
        .map(line -> Merges.Pair.parse(line, source))
        .toList();
  }
}
