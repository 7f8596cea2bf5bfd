package dev.fovea.core.tokenizer.regex;

import dev.fovea.core.BadInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression in Oniguruma's syntax. */
public final class Regex {
  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles an expression.
   *
   * @param where what to call it in an error
   * @throws BadInputException if it is not valid
   */
  public static Regex compile(String expression, String where) {
    try {
      return new Regex(
          Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE));
    } catch (PatternSyntaxException e) {
      throw new BadInputException(
          "%s: not a valid regular expression: %s".formatted(where, e.getDescription()), e);
    }
  }

  /** Takes one match. */
  @FunctionalInterface
  public interface MatchConsumer {
    void accept(int start, int end);
  }

  /** Finds all matches from left to right; an empty one directly behind another does not count. */
  public void forEachMatch(String text, MatchConsumer consumer) {
    Matcher matcher = pattern.matcher(text);
    int from = 0;
    int lastEnd = -1;
    while (from <= text.length() && matcher.find(from)) {
      int end = matcher.end();
      if (end == matcher.start() && end == lastEnd) {
        from = from < text.length() ? text.offsetByCodePoints(from, 1) : from + 1;
      } else {
        consumer.accept(matcher.start(), end);
        from = end;
        lastEnd = end;
      }
    }
  }
}
