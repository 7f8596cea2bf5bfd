package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a flat Python dictionary of strings, truth values and tuples of whole numbers: what a .npy
 * header holds.
 */
final class PythonLiteral {
  private static final int MOST_DIGITS = 18;

  private final String text;
  private final String source;
  private int position;

  /** A reader; {@code source} names the text in errors. */
  PythonLiteral(String text, String source) {
    this.text = text;
    this.source = source;
  }

  /** The dictionary, which must be all there is: strings, booleans, and lists of longs. */
  Map<String, Object> dictionary() {
    Map<String, Object> fields = new LinkedHashMap<>();
    expect('{');
    while (!accept('}')) {
      String key = string();
      expect(':');
      if (fields.put(key, value()) != null) {
        throw fail("two fields called " + Quoted.of(key));
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (position != text.length()) {
      throw fail("text after its end");
    }
    return fields;
  }

  private Object value() {
    skipSpace();
    if (text.startsWith("True", position)) {
      position += 4;
      return true;
    }
    if (text.startsWith("False", position)) {
      position += 5;
      return false;
    }
    return peek() == '(' ? tuple() : string();
  }

  private List<Long> tuple() {
    List<Long> items = new ArrayList<>();
    expect('(');
    while (!accept(')')) {
      items.add(number());
      if (!accept(',')) {
        if (items.size() == 1) {
          throw fail("a number in parentheses, where a tuple should be");
        }
        expect(')');
        break;
      }
    }
    return items;
  }

  private long number() {
    skipSpace();
    int start = position;
    while (position < text.length() && peek() >= '0' && peek() <= '9') {
      position++;
    }
    if (position == start || position - start > MOST_DIGITS) {
      throw fail("no whole number of at most %d digits".formatted(MOST_DIGITS));
    }
    return Long.parseLong(text, start, position, 10);
  }

  private String string() {
    skipSpace();
    char quote = peek();
    int end = text.indexOf(quote, Math.min(position + 1, text.length()));
    if ((quote != '\'' && quote != '"') || end < 0) {
      throw fail("no string");
    }
    String value = text.substring(position + 1, end);
    if (value.indexOf('\\') >= 0) {
      throw fail("an escape in a string");
    }
    position = end + 1;
    return value;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw fail("no '%s'".formatted(c));
    }
  }

  private boolean accept(char c) {
    skipSpace();
    if (peek() != c) {
      return false;
    }
    position++;
    return true;
  }

  private char peek() {
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n') {
      position++;
    }
  }

  private BadInputException fail(String problem) {
    return new BadInputException("%s has %s at character %d".formatted(source, problem, position));
  }
}
