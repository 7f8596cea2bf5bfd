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
    Draft draft;
    if (files.contains("tokenizer.json")) {
      draft =
          TokenizerJson.read(
              Config.of(files.json("tokenizer.json"), files.describe("tokenizer.json")));
    } else if (files.contains("vocab.json") && files.contains("merges.txt")) {
      draft = VocabularyFiles.byteLevel(files, side);
    } else {
      throw new BadInputException(
          "%s: no such file, and no vocab.json with merges.txt or vocab.txt beside it"
              .formatted(files.describe("tokenizer.json")));
    }
    return assemble(draft, side);
  }

  private static Tokenizer assemble(Draft draft, SideFiles side) {
    AddedVocabulary added = new AddedVocabulary(AddedTokens.merge(draft, side), draft.normalizer());
    Pipeline pipeline =
        new Pipeline(
            added, draft.preTokenizer(), draft.model(), draft.postProcessor(), draft.decoder());
    return new PipelineTokenizer(pipeline, side.settings(pipeline::id, draft));
  }
}
