package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.checkpoint.Config;
import java.util.function.IntPredicate;

/** Reads the {@code pre_tokenizer} of a tokenizer.json. */
public final class PreTokenizerReader {
  private PreTokenizerReader() {}

  public static PreTokenizer read(Config component) {
    return switch (component.text("type")) {
      case "Sequence" ->
          new PreTokenizer.Sequence(
              Components.steps(component, "pretokenizers", PreTokenizerReader::read));
      case "ByteLevel" ->
          new PreTokenizer.ByteLevel(
              component.flag("add_prefix_space", true), component.flag("use_regex", true));
      case "BertPreTokenizer" -> new PreTokenizer.Bert();
      case "Metaspace" ->
          new PreTokenizer.Metaspace(
              Components.character(component, "replacement", "\u2581"),
              prependScheme(component),
              component.flag("split", true));
      case "WhitespaceSplit" -> characters(Characters::isWhiteSpace, SplitBehavior.REMOVED, false);
      case "Whitespace" -> new PreTokenizer.Words();
      case "CharDelimiterSplit" -> {
        int delimiter = Components.character(component, "delimiter", "");
        yield characters(c -> c == delimiter, SplitBehavior.REMOVED, false);
      }
      case "Punctuation" ->
          characters(Characters::isPunctuation, behavior(component, "Isolated"), false);
      case "Digits" ->
          characters(
              Characters::isNumeric,
              component.flag("individual_digits", false)
                  ? SplitBehavior.ISOLATED
                  : SplitBehavior.CONTIGUOUS,
              false);
      case "UnicodeScripts" -> new PreTokenizer.Scripts();
      case "FixedLength" -> new PreTokenizer.FixedLength(component.size("length", 5));
      case "Split" ->
          new PreTokenizer.Split(
              Components.pattern(component),
              behavior(component, "Removed"),
              component.flag("invert", false));
      default -> throw Components.unknown("a pre-tokenizer", component);
    };
  }

  private static PreTokenizer characters(
      IntPredicate members, SplitBehavior behavior, boolean invert) {
    return new PreTokenizer.Split(new TextPattern.CharacterClass(members), behavior, invert);
  }

  /** The scheme of a Metaspace; old files have the flag {@code add_prefix_space} instead. */
  static PrependScheme prependScheme(Config component) {
    boolean prefix = component.flag("add_prefix_space", true);
    return switch (component.text("prepend_scheme", prefix ? "always" : "never")) {
      case "always" -> PrependScheme.ALWAYS;
      case "first" -> PrependScheme.FIRST;
      case "never" -> PrependScheme.NEVER;
      default -> throw component.wrong("prepend_scheme", "always, first or never");
    };
  }

  private static SplitBehavior behavior(Config component, String defaultName) {
    return switch (component.text("behavior", defaultName)) {
      case "Removed" -> SplitBehavior.REMOVED;
      case "Isolated" -> SplitBehavior.ISOLATED;
      case "MergedWithPrevious" -> SplitBehavior.MERGED_WITH_PREVIOUS;
      case "MergedWithNext" -> SplitBehavior.MERGED_WITH_NEXT;
      case "Contiguous" -> SplitBehavior.CONTIGUOUS;
      default ->
          throw component.wrong(
              "behavior", "Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous");
    };
  }
}
