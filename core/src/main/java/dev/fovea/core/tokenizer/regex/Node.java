package dev.fovea.core.tokenizer.regex;

import java.util.List;

/** A part of a regular expression. */
sealed interface Node {
  /** The length of a match that has no bound. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /** Fewest characters of a match. */
  long shortest();

  /** Most characters of a match; {@link #UNBOUNDED} or more if there is no bound. */
  long longest();

  /** One character. */
  record Single(CharacterSet set) implements Node {
    @Override
    public long shortest() {
      return 1;
    }

    @Override
    public long longest() {
      return 1;
    }
  }

  /** One part after the other. */
  record Sequence(List<Node> parts) implements Node {
    @Override
    public long shortest() {
      return parts.stream().mapToLong(Node::shortest).reduce(0, Node::saturatedSum);
    }

    @Override
    public long longest() {
      return parts.stream().mapToLong(Node::longest).reduce(0, Node::saturatedSum);
    }
  }

  /** The first alternative that fits. */
  record Choice(List<Node> alternatives) implements Node {
    @Override
    public long shortest() {
      return alternatives.stream().mapToLong(Node::shortest).min().orElse(0);
    }

    @Override
    public long longest() {
      return alternatives.stream().mapToLong(Node::longest).max().orElse(0);
    }
  }

  /** In which order the numbers of repetitions are tried. */
  enum Mode {
    GREEDY,
    LAZY,
    /** The most, and nothing else. */
    POSSESSIVE
  }

  /** A part several times; {@code most} may be {@link #UNBOUNDED}. */
  record Repeat(Node part, int least, int most, Mode mode) implements Node {
    @Override
    public long shortest() {
      return Math.min(UNBOUNDED, part.shortest() * least);
    }

    @Override
    public long longest() {
      return most == UNBOUNDED && part.longest() > 0
          ? UNBOUNDED
          : Math.min(UNBOUNDED, part.longest() * most);
    }
  }

  /** A condition on what follows or precedes. */
  record Look(Node part, boolean ahead, boolean negative) implements Node {
    @Override
    public long shortest() {
      return 0;
    }

    @Override
    public long longest() {
      return 0;
    }
  }

  /** A part whose first way to match is the only one. */
  record Atomic(Node part) implements Node {
    @Override
    public long shortest() {
      return part.shortest();
    }

    @Override
    public long longest() {
      return part.longest();
    }
  }

  /** A condition on a place. */
  enum Place implements Node {
    TEXT_START,
    TEXT_END,
    /** At the end, or before a line feed at the end. */
    LAST_LINE_END,
    LINE_START,
    LINE_END,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY;

    private static final List<Place> ALL = List.of(values());

    int number() {
      return ALL.indexOf(this);
    }

    static Place of(int number) {
      return ALL.get(number);
    }

    /** Whether a place of a text is of this kind. */
    boolean holds(String text, int place) {
      int length = text.length();
      return switch (this) {
        case TEXT_START -> place == 0;
        case TEXT_END -> place == length;
        case LAST_LINE_END ->
            place == length || (place == length - 1 && text.charAt(place) == '\n');
        case LINE_START -> place == 0 || (place < length && text.charAt(place - 1) == '\n');
        case LINE_END -> place == length || text.charAt(place) == '\n';
        case WORD_BOUNDARY -> isWordBefore(text, place) != isWordAt(text, place);
        case NO_WORD_BOUNDARY -> isWordBefore(text, place) == isWordAt(text, place);
      };
    }

    private static boolean isWordBefore(String text, int place) {
      return place > 0 && UnicodeProperty.LONE_WORD.contains(text.codePointBefore(place));
    }

    private static boolean isWordAt(String text, int place) {
      return place < text.length() && UnicodeProperty.LONE_WORD.contains(text.codePointAt(place));
    }

    @Override
    public long shortest() {
      return 0;
    }

    @Override
    public long longest() {
      return 0;
    }
  }

  private static long saturatedSum(long a, long b) {
    return Math.min(UNBOUNDED, a + b);
  }
}
