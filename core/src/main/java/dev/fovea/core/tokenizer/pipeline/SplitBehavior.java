package dev.fovea.core.tokenizer.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What becomes of the matches at which a text is split. */
public enum SplitBehavior {
  REMOVED,
  ISOLATED,
  MERGED_WITH_PREVIOUS,
  MERGED_WITH_NEXT,
  CONTIGUOUS;

  private record Span(int start, int end, boolean match) {}

  /**
   * Splits a piece.
   *
   * @param invert whether what lies between the matches counts as match and the matches do not
   */
  void split(Piece piece, TextPattern pattern, boolean invert, Consumer<Piece> out) {
    for (Span span : arrange(spans(piece.text(), pattern, invert))) {
      if (span.end > span.start && !(this == REMOVED && span.match)) {
        out.accept(piece.part(span.start, span.end));
      }
    }
  }

  private static List<Span> spans(String text, TextPattern pattern, boolean invert) {
    List<Span> spans = new ArrayList<>();
    int[] done = {0};
    pattern.forEachMatch(
        text,
        (start, end) -> {
          if (start > done[0]) {
            spans.add(new Span(done[0], start, invert));
          }
          spans.add(new Span(start, end, !invert));
          done[0] = end;
        });
    if (done[0] < text.length()) {
      spans.add(new Span(done[0], text.length(), invert));
    }
    return spans;
  }

  private List<Span> arrange(List<Span> spans) {
    return switch (this) {
      case REMOVED, ISOLATED -> spans;
      case CONTIGUOUS -> join(spans, (previous, next) -> previous.match == next.match);
      case MERGED_WITH_PREVIOUS -> join(spans, (previous, next) -> next.match && !previous.match);
      case MERGED_WITH_NEXT ->
          join(spans.reversed(), (next, previous) -> previous.match && !next.match).reversed();
    };
  }

  private interface Rule {
    /** Whether a span joins the one before it in the order of the list. */
    boolean joins(Span before, Span span);
  }

  private static List<Span> join(List<Span> spans, Rule rule) {
    List<Span> joined = new ArrayList<>();
    Span before = new Span(0, 0, false);
    for (Span span : spans) {
      if (!joined.isEmpty() && rule.joins(before, span)) {
        Span last = joined.removeLast();
        joined.add(
            new Span(Math.min(last.start, span.start), Math.max(last.end, span.end), last.match));
      } else {
        joined.add(span);
      }
      before = span;
    }
    return joined;
  }
}
