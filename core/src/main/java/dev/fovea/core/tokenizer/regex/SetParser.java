package dev.fovea.core.tokenizer.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what stands for one character: escapes, properties and brackets. */
final class SetParser {
  private static final int DEEPEST = 50;
  private static final int MOST_SETS = 200;

  private final Scanner in;
  private int setsInBrackets;

  SetParser(Scanner in) {
    this.in = in;
  }

  /** The set of an escape outside of brackets, whose backslash was read. */
  CharacterSet loneEscape() {
    if (in.accept("w") || in.accept("p{Word}") || in.accept("P{^Word}")) {
      return UnicodeProperty.LONE_WORD;
    }
    if (in.accept("W") || in.accept("P{Word}") || in.accept("p{^Word}")) {
      return UnicodeProperty.LONE_WORD.negated();
    }
    return escape();
  }

  private CharacterSet escape() {
    int c = in.next();
    return switch (c) {
      case 'd' -> UnicodeProperty.DIGIT;
      case 'D' -> UnicodeProperty.DIGIT.negated();
      case 'h' -> UnicodeProperty.HEX_DIGIT;
      case 'H' -> UnicodeProperty.HEX_DIGIT.negated();
      case 's' -> UnicodeProperty.SPACE;
      case 'S' -> UnicodeProperty.SPACE.negated();
      case 'w' -> UnicodeProperty.WORD;
      case 'W' -> UnicodeProperty.WORD.negated();
      case 'p' -> property(false);
      case 'P' -> property(true);
      default -> CharacterSet.single(character(c));
    };
  }

  private CharacterSet property(boolean negative) {
    in.expect("{");
    boolean inverted = in.accept("^");
    CharacterSet set = known(UnicodeProperty::find, in.until('}'));
    return negative == inverted ? set : set.negated();
  }

  private static CharacterSet known(Function<String, Optional<CharacterSet>> names, String name) {
    return names
        .apply(name)
        .orElseThrow(() -> new SyntaxException("has the unknown property '%s'".formatted(name)));
  }

  /** The character of an escape, whose first letter was read. */
  private int character(int letter) {
    return switch (letter) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case 'a' -> 0x07;
      case 'e' -> 0x1B;
      case 'x' -> in.accept("{") ? number(in.until('}'), 16) : digits(2, 16);
      case 'u' -> digits(4, 16);
      case '0' -> digits(2, 8);
      default -> {
        if (letter < 0x80 && Character.isLetterOrDigit(letter)) {
          throw new SyntaxException(
              "has the escape \\%c, which is not supported".formatted(letter));
        }
        yield letter;
      }
    };
  }

  private int digits(int most, int radix) {
    StringBuilder digits = new StringBuilder();
    while (digits.length() < most && in.peek() < 0x80 && Character.digit(in.peek(), radix) >= 0) {
      digits.appendCodePoint(in.next());
    }
    return digits.isEmpty() ? 0 : number(digits.toString(), radix);
  }

  private static int number(String digits, int radix) {
    try {
      int number = Integer.parseInt(digits.trim(), radix);
      if (Character.isValidCodePoint(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new SyntaxException("has the character number '%s'".formatted(digits));
    }
    throw new SyntaxException("has the character number '%s'".formatted(digits));
  }

  /** The set of brackets, the first of which was read. */
  CharacterSet brackets(int depth) {
    if (depth > DEEPEST) {
      throw new SyntaxException("is nested too deeply");
    }
    boolean negative = in.accept("^");
    List<CharacterSet> intersected = new ArrayList<>();
    Union part = new Union();
    if (in.accept("]")) {
      part.add(']', ']');
    }
    while (!in.accept("]")) {
      if (in.accept("&&")) {
        intersected.add(part.set());
        count();
        part = new Union();
      } else {
        addElement(part, depth);
      }
    }
    CharacterSet set = part.set();
    for (CharacterSet other : intersected) {
      set = set.and(other);
    }
    return negative ? set.negated() : set;
  }

  /** What stands side by side in brackets. */
  private static final class Union {
    private final List<int[]> ranges = new ArrayList<>();
    private final List<CharacterSet> sets = new ArrayList<>();

    void add(int first, int last) {
      ranges.add(new int[] {first, last});
    }

    void add(CharacterSet set) {
      sets.add(set);
    }

    CharacterSet set() {
      return CharacterSet.union(ranges, sets);
    }
  }

  /** Sets within brackets are asked one by one, so that there must not be too many. */
  private void count() {
    if (++setsInBrackets > MOST_SETS) {
      throw new SyntaxException("has too many sets in brackets");
    }
  }

  private void addElement(Union union, int depth) {
    if (in.accept("[:")) {
      boolean inverted = in.accept("^");
      CharacterSet set = known(UnicodeProperty::findPosix, in.until(':'));
      in.expect("]");
      count();
      union.add(inverted ? set.negated() : set);
    } else if (in.accept("[")) {
      count();
      union.add(brackets(depth + 1));
    } else if (in.peek() == '\\' && isSetLetter(in.peek(1))) {
      in.next();
      count();
      union.add(escape());
    } else {
      addRange(union);
    }
  }

  private void addRange(Union union) {
    int start = in.position();
    int first = setCharacter();
    boolean range = in.peek() == '-' && in.peek(1) != ']' && in.peek(1) != Scanner.END;
    if (!range) {
      union.add(first, first);
      return;
    }
    in.next();
    if (in.peek() == '[' || (in.peek() == '\\' && isSetLetter(in.peek(1)))) {
      union.add(first, first);
      union.add('-', '-');
      return;
    }
    int last = setCharacter();
    if (last < first) {
      throw new SyntaxException("has an empty range at character %d".formatted(start));
    }
    union.add(first, last);
  }

  private int setCharacter() {
    int c = in.next();
    if (c != '\\') {
      return c;
    }
    return in.accept("b") ? '\b' : character(in.next());
  }

  private static boolean isSetLetter(int c) {
    return "dDhHsSwWpP".indexOf(c) >= 0;
  }
}
