package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.Characters;
import dev.fovea.core.tokenizer.pipeline.CharsMap;
import dev.fovea.core.tokenizer.pipeline.Normalizer;
import dev.fovea.core.tokenizer.pipeline.PostProcessor;
import dev.fovea.core.tokenizer.pipeline.PreTokenizer;
import dev.fovea.core.tokenizer.pipeline.PythonText;
import dev.fovea.core.tokenizer.pipeline.TokenDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SigLIP's tokenizer class in transformers 4, which is not the one that its tokenizer.json
 * describes: it removes punctuation and lowers case before SentencePiece (big_vision's {@code
 * canonicalize_text}), marks the beginning with a space, finds only the special tokens of
 * tokenizer_config.json in a text, and does not end a text twice.
 */
final class SiglipStages {
  private static final String SPACE_MARK = "\u2581";

  private SiglipStages() {}

  /** Puts the stages of the class in place of those that were read. */
  static Draft replace(Draft draft, SideFiles side) {
    CharsMap rules =
        charsMap(draft.normalizer())
            .orElseThrow(
                () ->
                    new BadInputException(
                        draft.source()
                            + ": no Precompiled normalizer, which a SiglipTokenizer needs"));
    String end = side.special("eos_token").orElse("</s>");
    int endId =
        draft
            .model()
            .vocabulary()
            .id(end)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "%s: no token '%s' in the vocabulary".formatted(draft.source(), end)));
    Set<String> special =
        side.roles().values().stream().map(AddedToken::content).collect(Collectors.toSet());
    Set<String> control =
        draft.added().stream()
            .map(declared -> declared.token().content())
            .collect(Collectors.toSet());
    return new Draft(
        draft.source(),
        List.of(),
        text -> begin(text, side.config().flag("do_lower_case", true)),
        new Normalizer.Rule(text -> normalize(text, rules)),
        PreTokenizer.NONE,
        draft.model(),
        new PostProcessor.EndIfMissing(endId),
        new TokenDecoder.SentencePiece(special, control),
        draft.padding());
  }

  private static Optional<CharsMap> charsMap(Normalizer normalizer) {
    return switch (normalizer) {
      case Normalizer.Precompiled precompiled -> Optional.of(precompiled.rules());
      case Normalizer.Sequence sequence ->
          sequence.steps().stream().flatMap(step -> charsMap(step).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private static String begin(String text, boolean lowercase) {
    String marked = SPACE_MARK + text.replace(SPACE_MARK, " ");
    return lowercase ? Characters.lowercase(marked) : marked;
  }

  /** What happens between special tokens: canonicalization, then SentencePiece's normalization. */
  private static String normalize(String text, CharsMap rules) {
    String canonical = PythonText.collapseSpaces(PythonText.withoutPunctuation(text));
    StringBuilder out = new StringBuilder();
    boolean afterSpace = false;
    for (char c : rules.applyLongest(canonical).toCharArray()) {
      if (c != ' ') {
        out.append(c);
      } else if (!afterSpace) {
        out.append(SPACE_MARK);
      }
      afterSpace = c == ' ';
    }
    int end = out.length();
    while (end > 0 && out.charAt(end - 1) == SPACE_MARK.charAt(0)) {
      end--;
    }
    return out.substring(0, end);
  }
}
