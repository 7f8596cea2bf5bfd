package dev.fovea.models.sentence;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.files.ModelFiles;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a sentence-transformers folder says beside the transformer itself.
 *
 * @param maxSeqLength tokens of a text, if it says so
 * @param doLowerCase whether texts are lower-cased before the tokenizer
 */
record SentenceModules(
    SentencePooling pooling, Optional<Integer> maxSeqLength, boolean doLowerCase) {
  private static final String MODULES = "modules.json";
  private static final String TRANSFORMER = "sentence_bert_config.json";

  /** The mean over the tokens, as sentence-transformers does with a folder that does not say. */
  private static final SentencePooling DEFAULT_POOLING =
      new SentencePooling(List.of(SentencePooling.Mode.MEAN));

  /**
   * Reads modules.json and what it leads to.
   *
   * @throws BadInputException if there is a module that is not known
   */
  static SentenceModules read(ModelFiles files) {
    Optional<Config> transformer =
        files.jsonIfPresent(TRANSFORMER).map(node -> Config.of(node, files.describe(TRANSFORMER)));
    return new SentenceModules(
        files
            .jsonIfPresent(MODULES)
            .flatMap(modules -> pooling(modules, files))
            .orElse(DEFAULT_POOLING),
        transformer
            .filter(config -> config.has("max_seq_length"))
            .map(config -> config.size("max_seq_length")),
        transformer.map(config -> config.flag("do_lower_case", false)).orElse(false));
  }

  private static Optional<SentencePooling> pooling(JsonNode modules, ModelFiles files) {
    Optional<SentencePooling> pooling = Optional.empty();
    for (JsonNode module : modules) {
      String type = module.path("type").asString("");
      String path = module.path("path").asString("");
      switch (type.substring(type.lastIndexOf('.') + 1)) {
        case "Transformer" -> {
          if (!path.isEmpty()) {
            throw new BadInputException(
                "%s: the transformer lies in '%s'; open that folder"
                    .formatted(files.describe(MODULES), path));
          }
        }
        case "Pooling" -> {
          String name = path + "/config.json";
          pooling =
              Optional.of(SentencePooling.read(Config.of(files.json(name), files.describe(name))));
        }
        case "Normalize" -> {}
        default ->
            throw new BadInputException(
                "%s: module type '%s' is not known; known are Transformer, Pooling, Normalize"
                    .formatted(files.describe(MODULES), type));
      }
    }
    return pooling;
  }
}
