package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.pipeline.Normalizer;
import dev.fovea.core.tokenizer.pipeline.PostProcessor;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import java.util.Set;

/**
 * What the tokenizer classes of transformers 4 change in the stages that a tokenizer.json
 * describes. Those of transformers 5 ("backend" in tokenizer_config.json) take them as they are.
 */
final class ClassRules {
  private static final Set<String> OF_BERT =
      Set.of(
          "BertTokenizer",
          "DistilBertTokenizer",
          "ElectraTokenizer",
          "LxmertTokenizer",
          "MPNetTokenizer");

  private ClassRules() {}

  static Draft apply(Draft draft, SideFiles side) {
    if (side.tokenizerClass().isEmpty() || side.config().has("backend")) {
      return draft;
    }
    if (side.tokenizerClass().equals("SiglipTokenizer")) {
      return SiglipStages.replace(draft, side);
    }
    return draft
        .withNormalizer(normalizer(draft.normalizer(), side))
        .withPreTokenizer(preTokenizer(draft.preTokenizer(), side))
        .withPostProcessor(postProcessor(draft, side));
  }

  /** BERT's classes follow the configuration rather than the file. */
  private static Normalizer normalizer(Normalizer normalizer, SideFiles side) {
    if (!(normalizer instanceof Normalizer.Bert bert) || !OF_BERT.contains(side.tokenizerClass())) {
      return normalizer;
    }
    boolean lowercase = side.config().flag("do_lower_case", true);
    return new Normalizer.Bert(
        bert.clean(),
        side.config().flag("tokenize_chinese_chars", true),
        side.config().flag("strip_accents", lowercase),
        lowercase);
  }

  /** Every class sets whether a text gets a space before it; none unless the configuration asks. */
  private static PreTokenizer preTokenizer(PreTokenizer preTokenizer, SideFiles side) {
    return preTokenizer instanceof PreTokenizer.ByteLevel bytes
        ? new PreTokenizer.ByteLevel(
            side.config().flag("add_prefix_space", false), bytes.useRegex())
        : preTokenizer;
  }

  /** LLaMA's class makes its own template. */
  private static PostProcessor postProcessor(Draft draft, SideFiles side) {
    if (!side.tokenizerClass().equals("LlamaTokenizer")) {
      return draft.postProcessor();
    }
    int[] begin = ids("bos_token", side.config().flag("add_bos_token", true), draft, side);
    int[] end = ids("eos_token", side.config().flag("add_eos_token", false), draft, side);
    return PostProcessor.Template.around(begin, end);
  }

  private static int[] ids(String role, boolean wanted, Draft draft, SideFiles side) {
    if (!wanted) {
      return new int[0];
    }
    String token = side.special(role).orElse("");
    return new int[] {
      draft
          .model()
          .vocabulary()
          .id(token)
          .orElseThrow(
              () ->
                  new BadInputException(
                      "%s: no token '%s' in the vocabulary, which is the %s"
                          .formatted(draft.source(), token, role)))
    };
  }
}
