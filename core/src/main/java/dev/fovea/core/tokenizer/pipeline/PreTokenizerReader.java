package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.checkpoint.Config;

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
      case "Split" ->
          new PreTokenizer.Split(
              Components.pattern(component),
              behavior(component, "Removed"),
              component.flag("invert", false));
      default -> throw Components.unknown("a pre-tokenizer", component);
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
