package dev.fovea.core.tokenizer.regex;

import java.util.ArrayList;
import java.util.List;

/** Reads Oniguruma's syntax, without groups that are referred to later. */
final class RegexParser {
  private static final int DEEPEST = 100;
  private static final int MOST_REPETITIONS = 1000;
  private static final CharacterSet LINE_FEED = CharacterSet.single('\n');
  private static final CharacterSet ANYTHING = CharacterSet.range(0, Character.MAX_CODE_POINT);

  private final Scanner in;
  private final SetParser sets;

  /** Which options hold at a place. */
  private record Flags(boolean ignoreCase, boolean dotMatchesAll, boolean extended) {
    static final Flags NONE = new Flags(false, false, false);

    Flags with(int option, boolean on) {
      return switch (option) {
        case 'i' -> new Flags(on, dotMatchesAll, extended);
        case 'm' -> new Flags(ignoreCase, on, extended);
        case 'x' -> new Flags(ignoreCase, dotMatchesAll, on);
        default ->
            throw new SyntaxException(
                "has the option '%c', which is not supported".formatted(option));
      };
    }
  }

  private RegexParser(String expression) {
    in = new Scanner(expression);
    sets = new SetParser(in);
  }

  static Node parse(String expression) {
    RegexParser parser = new RegexParser(expression);
    Node node = parser.choice(Flags.NONE, 0);
    if (parser.in.peek() != Scanner.END) {
      throw new SyntaxException("has a ')' without '('");
    }
    return node;
  }

  /** Alternatives up to a closing parenthesis or the end. */
  private Node choice(Flags flags, int depth) {
    if (depth > DEEPEST) {
      throw new SyntaxException("is nested too deeply");
    }
    List<Node> alternatives = new ArrayList<>();
    List<Node> parts = new ArrayList<>();
    while (true) {
      int c = in.peek();
      if (c == Scanner.END || c == ')') {
        break;
      }
      if (in.accept("|")) {
        alternatives.add(new Node.Sequence(List.copyOf(parts)));
        parts.clear();
      } else if (isOptionsForTheRest()) {
        Flags changed = options(flags);
        in.expect(")");
        parts.add(choice(changed, depth + 1));
      } else if (!(flags.extended && skipped(c))) {
        parts.add(repeated(atom(flags, depth), flags));
      }
    }
    alternatives.add(new Node.Sequence(List.copyOf(parts)));
    return alternatives.size() == 1 ? alternatives.getFirst() : new Node.Choice(alternatives);
  }

  /** Skips white space or a comment, where such are between the parts. */
  private boolean skipped(int c) {
    if (c != Scanner.END && Character.isWhitespace(c)) {
      in.next();
      return true;
    }
    if (c == '#') {
      while (in.peek() != Scanner.END && in.peek() != '\n') {
        in.next();
      }
      return true;
    }
    return false;
  }

  /** Whether {@code (?imx-imx)} stands here. */
  private boolean isOptionsForTheRest() {
    if (in.peek() != '(' || in.peek(1) != '?') {
      return false;
    }
    int ahead = 2;
    while ("imx-".indexOf(in.peek(ahead)) >= 0) {
      ahead++;
    }
    if (ahead == 2 || in.peek(ahead) != ')') {
      return false;
    }
    return in.accept("(?");
  }

  private Flags options(Flags flags) {
    Flags changed = flags;
    boolean on = true;
    while (in.peek() != ')' && in.peek() != ':') {
      int option = in.next();
      if (option == '-') {
        on = false;
      } else {
        changed = changed.with(option, on);
      }
    }
    return changed;
  }

  private Node atom(Flags flags, int depth) {
    int c = in.next();
    return switch (c) {
      case '(' -> group(flags, depth);
      case '[' -> single(sets.brackets(0), flags);
      case '.' -> new Node.Single(flags.dotMatchesAll ? ANYTHING : LINE_FEED.negated());
      case '^' -> Node.Place.LINE_START;
      case '$' -> Node.Place.LINE_END;
      case '\\' -> escape(flags);
      case '*', '+', '?' -> throw new SyntaxException("repeats nothing with '%c'".formatted(c));
      default -> single(CharacterSet.single(c), flags);
    };
  }

  private static Node single(CharacterSet set, Flags flags) {
    return new Node.Single(flags.ignoreCase ? set.ignoringCase() : set);
  }

  private Node escape(Flags flags) {
    if (in.accept("A")) {
      return Node.Place.TEXT_START;
    }
    if (in.accept("z")) {
      return Node.Place.TEXT_END;
    }
    if (in.accept("Z")) {
      return Node.Place.LAST_LINE_END;
    }
    if (in.accept("b")) {
      return Node.Place.WORD_BOUNDARY;
    }
    if (in.accept("B")) {
      return Node.Place.NO_WORD_BOUNDARY;
    }
    if (in.accept("R")) {
      return new Node.Atomic(parse("\\r\\n|[\\n-\\r\\u0085\\u2028\\u2029]"));
    }
    return single(sets.loneEscape(), flags);
  }

  private Node group(Flags flags, int depth) {
    if (!in.accept("?")) {
      return closed(choice(flags, depth + 1));
    }
    if (in.accept("#")) {
      in.until(')');
      return new Node.Sequence(List.of());
    }
    if (in.accept("=") || in.accept("!")) {
      boolean negative = previous() == '!';
      return new Node.Look(closed(choice(flags, depth + 1)), true, negative);
    }
    if (in.accept("<=") || in.accept("<!")) {
      boolean negative = previous() == '!';
      return lookBehind(closed(choice(flags, depth + 1)), negative);
    }
    if (in.accept(">")) {
      return new Node.Atomic(closed(choice(flags, depth + 1)));
    }
    if (in.accept("<")) {
      in.until('>');
      return closed(choice(flags, depth + 1));
    }
    Flags changed = options(flags);
    in.expect(":");
    return closed(choice(changed, depth + 1));
  }

  private int previous() {
    in.back(in.position() - 1);
    return in.next();
  }

  private Node closed(Node node) {
    in.expect(")");
    return node;
  }

  private static Node lookBehind(Node part, boolean negative) {
    if (part.longest() > MOST_REPETITIONS) {
      throw new SyntaxException("looks behind without a bound");
    }
    return new Node.Look(part, false, negative);
  }

  private Node repeated(Node atom, Flags flags) {
    Node node = atom;
    while (true) {
      if (flags.extended && skipped(in.peek())) {
        continue;
      }
      int start = in.position();
      int least;
      int most;
      boolean braces = false;
      if (in.accept("*")) {
        least = 0;
        most = Node.UNBOUNDED;
      } else if (in.accept("+")) {
        least = 1;
        most = Node.UNBOUNDED;
      } else if (in.accept("?")) {
        least = 0;
        most = 1;
      } else if (in.accept("{")) {
        int[] bounds = bounds();
        if (bounds.length == 0) {
          in.back(start);
          return node == atom ? literalBrace(node) : node;
        }
        least = bounds[0];
        most = bounds[1];
        braces = true;
      } else {
        return node;
      }
      Node.Mode mode = Node.Mode.GREEDY;
      if (in.accept("?")) {
        mode = Node.Mode.LAZY;
      } else if (!braces && in.accept("+")) {
        mode = Node.Mode.POSSESSIVE;
      }
      node = new Node.Repeat(node, least, most, mode);
    }
  }

  /** A brace that is no repetition stands for itself. */
  private Node literalBrace(Node before) {
    in.next();
    return new Node.Sequence(List.of(before, new Node.Single(CharacterSet.single('{'))));
  }

  /** Both bounds of {@code {n}}, {@code {n,}}, {@code {,m}} or {@code {n,m}}; empty for no such. */
  private int[] bounds() {
    int least = number();
    int most = least;
    if (in.accept(",")) {
      most = number();
      if (least < 0 && most < 0) {
        return new int[0];
      }
      most = most < 0 ? Node.UNBOUNDED : most;
      least = Math.max(0, least);
    }
    if (least < 0 || !in.accept("}")) {
      return new int[0];
    }
    boolean tooMany =
        least > MOST_REPETITIONS || (most > MOST_REPETITIONS && most != Node.UNBOUNDED);
    if (tooMany || least > most) {
      throw new SyntaxException("repeats from %d to %d times".formatted(least, most));
    }
    return new int[] {least, most};
  }

  private int number() {
    int value = -1;
    while (in.peek() >= '0' && in.peek() <= '9') {
      value = Math.min(MOST_REPETITIONS + 1, Math.max(0, value) * 10 + in.next() - '0');
    }
    return value;
  }
}
