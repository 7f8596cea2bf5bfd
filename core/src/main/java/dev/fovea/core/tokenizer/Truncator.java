package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.EncodeOptions.Side;
import dev.fovea.core.tokenizer.EncodeOptions.Truncation;
import dev.fovea.core.tokenizer.pipeline.Tokens;
import java.util.List;

/** Shortens one text or a pair before special tokens are added. */
final class Truncator {
  private Truncator() {}

  /**
   * Truncates to the length of the options.
   *
   * @param added how many special tokens are still to come
   */
  static List<Tokens> truncate(
      List<Tokens> parts, int added, EncodeOptions options, Side truncationSide) {
    if (options.maxLength().isEmpty() || options.truncation() == Truncation.NONE) {
      return parts;
    }
    int room = options.maxLength().getAsInt() - added;
    if (room < 0) {
      throw new BadInputException(
          "a maximum length of %d leaves no room for the %d special tokens"
              .formatted(options.maxLength().getAsInt(), added));
    }
    int total = parts.stream().mapToInt(Tokens::length).sum();
    if (total <= room) {
      return parts;
    }
    boolean keepFirst = truncationSide == Side.RIGHT;
    if (options.truncation() == Truncation.LONGEST_FIRST) {
      if (parts.size() == 1) {
        return List.of(parts.getFirst().keep(room, keepFirst));
      }
      int first = parts.getFirst().length();
      int second = parts.getLast().length();
      int shorter = Math.min(first, second);
      if (shorter > room / 2) {
        boolean firstIsLonger = first > second;
        first = firstIsLonger ? room - room / 2 : room / 2;
        second = room - first;
      } else if (first > second) {
        first = room - second;
      } else {
        second = room - first;
      }
      return List.of(
          parts.getFirst().keep(first, keepFirst), parts.getLast().keep(second, keepFirst));
    }
    int target = options.truncation() == Truncation.ONLY_FIRST ? 0 : 1;
    if (target >= parts.size()) {
      throw new BadInputException("only the second text may be truncated, but there is one text");
    }
    int kept = parts.get(target).length() - (total - room);
    if (kept <= 0) {
      throw new BadInputException(
          "the texts make %d tokens for a maximum length of %d; truncating the %s one alone cannot"
                  .formatted(
                      total + added,
                      options.maxLength().getAsInt(),
                      target == 0 ? "first" : "second")
              + " make them fit");
    }
    Tokens shortened = parts.get(target).keep(kept, keepFirst);
    return parts.size() == 1
        ? List.of(shortened)
        : target == 0 ? List.of(shortened, parts.getLast()) : List.of(parts.getFirst(), shortened);
  }
}
