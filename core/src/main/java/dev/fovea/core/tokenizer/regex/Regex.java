package dev.fovea.core.tokenizer.regex;

import dev.fovea.core.BadInputException;

/**
 * A regular expression in Oniguruma's syntax, which is what tokenizers are written in. Groups group
 * but are not remembered: what refers to them is refused. The work of a search is bounded by the
 * length of the text.
 */
public final class Regex {
  private static final int LONGEST_EXPRESSION = 20_000;

  private final String where;
  private final Program program;

  private Regex(String where, Program program) {
    this.where = where;
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @param where what to call it in an error
   * @throws BadInputException if it is not valid or not supported
   */
  public static Regex compile(String expression, String where) {
    if (expression.length() > LONGEST_EXPRESSION) {
      throw new BadInputException(
          "%s: the regular expression has %,d characters, expected at most %,d"
              .formatted(where, expression.length(), LONGEST_EXPRESSION));
    }
    try {
      return new Regex(where, Compiler.compile(RegexParser.parse(expression)));
    } catch (SyntaxException e) {
      String shown = expression.length() > 80 ? expression.substring(0, 80) + "..." : expression;
      throw new BadInputException(
          "%s: the regular expression '%s' %s".formatted(where, shown, e.reason()), e);
    }
  }

  /** Takes one match. */
  @FunctionalInterface
  public interface MatchConsumer {
    void accept(int start, int end);
  }

  /**
   * Finds all matches from left to right; an empty one directly behind another does not count.
   *
   * @throws BadInputException if the search takes more steps than any reasonable expression needs
   */
  public void forEachMatch(String text, MatchConsumer consumer) {
    Machine machine = new Machine(text);
    int lastEnd = -1;
    for (int start = 0; start <= text.length(); ) {
      int end = match(machine, text, start);
      if (end == Machine.NO_MATCH || (end == start && end == lastEnd)) {
        start += start < text.length() ? Character.charCount(text.codePointAt(start)) : 1;
      } else {
        consumer.accept(start, end);
        start = end;
        lastEnd = end;
      }
    }
  }

  private int match(Machine machine, String text, int start) {
    try {
      return machine.match(program, start);
    } catch (Machine.TooManyStepsException e) {
      throw new BadInputException(
          "%s: the regular expression takes too many steps on a text of %,d characters"
              .formatted(where, text.length()),
          e);
    }
  }
}
