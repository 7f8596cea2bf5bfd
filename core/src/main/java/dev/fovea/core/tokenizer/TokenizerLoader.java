package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tokenizer.pipeline.AddedVocabulary;
import dev.fovea.core.tokenizer.pipeline.Pipeline;

/** Finds and reads the tokenizer files of a model folder. */
final class TokenizerLoader {
  private TokenizerLoader() {}

  static Tokenizer load(ModelFiles files) {
    SideFiles side = SideFiles.read(files);
    return assemble(ClassRules.apply(draft(files, side), side), side);
  }

  /** Whether a folder has a tokenizer. */
  static boolean present(ModelFiles files) {
    return files.contains("tokenizer.json") || hasMerges(files) || files.contains("vocab.txt");
  }

  /** The stages that the files of a folder describe. */
  static Draft draft(ModelFiles files, SideFiles side) {
    if (files.contains("tokenizer.json")) {
      return TokenizerJson.read(
          Config.of(files.json("tokenizer.json"), files.describe("tokenizer.json")));
    }
    if (hasMerges(files)) {
      return VocabularyFiles.byteLevel(files, side);
    }
    if (files.contains("vocab.txt")) {
      return VocabularyFiles.wordPiece(files, side);
    }
    throw new BadInputException(
        "%s: no such file, and no vocab.json with merges.txt or vocab.txt beside it"
            .formatted(files.describe("tokenizer.json")));
  }

  private static boolean hasMerges(ModelFiles files) {
    return files.contains("vocab.json") && files.contains("merges.txt");
  }

  private static Tokenizer assemble(Draft draft, SideFiles side) {
    AddedVocabulary added = new AddedVocabulary(AddedTokens.merge(draft, side), draft.normalizer());
    Pipeline pipeline =
        new Pipeline(
            draft.preparation(),
            added,
            draft.preTokenizer(),
            draft.model(),
            draft.postProcessor(),
            draft.decoder());
    return new PipelineTokenizer(pipeline, side.settings(pipeline::id, draft));
  }
}
