package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tokenizer.regex.Regex;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What the readers of all component families share. */
final class Components {
  private static final int MOST_STEPS = 100;
  private static final int LONGEST_AFFIX = 1024;

  private Components() {}

  /** The error for a component of unknown type. */
  static BadInputException unknown(String family, Config component) {
    return new BadInputException(
        "%s: %s of type '%s' is not supported"
            .formatted(component.source(), family, component.text("type", "?")));
  }

  /** The steps of a Sequence; those of sequences within it count, too. */
  static <T> List<T> steps(Config component, String field, Function<Config, T> reader) {
    long count = count(component, field);
    component.check(
        count <= MOST_STEPS,
        "%s has %d steps, expected at most %d".formatted(field, count, MOST_STEPS));
    return component.objects(field).stream().map(reader).toList();
  }

  private static long count(Config component, String field) {
    return component.objects(field).stream().mapToLong(step -> 1 + count(step, field)).sum();
  }

  /** A string that is put before, behind or between; its length is bounded. */
  static String affix(Config component, String field, String defaultValue) {
    String affix = component.text(field, defaultValue);
    component.check(
        affix.length() <= LONGEST_AFFIX,
        "%s has %,d characters, expected at most %,d"
            .formatted(field, affix.length(), LONGEST_AFFIX));
    return affix;
  }

  /** As {@link #affix}, without a default. */
  static String affix(Config component, String field) {
    return affix(component, field, component.text(field));
  }

  /** A pattern: {@code {"String": ...}} or {@code {"Regex": ...}}. */
  static TextPattern pattern(Config component) {
    Config pattern = component.object("pattern");
    if (pattern.has("Regex")) {
      return new TextPattern.Expression(
          Regex.compile(pattern.text("Regex"), component.source() + ": pattern"));
    }
    String literal = pattern.text("String");
    if (literal.isEmpty()) {
      throw pattern.wrong("String", "a string that is not empty");
    }
    return new TextPattern.Literal(literal);
  }

  /** A field that holds exactly one character. */
  static int character(Config component, String field, String defaultValue) {
    String text = component.text(field, defaultValue);
    if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
      throw component.wrong(field, "one character");
    }
    return text.codePointAt(0);
  }

  /** A token with its id, written as a list of both. */
  static int tokenAndId(Config component, String field) {
    JsonNode pair = component.node(field);
    if (!pair.isArray()
        || pair.size() != 2
        || !pair.get(0).isString()
        || !pair.get(1).isIntegralNumber()
        || !pair.get(1).canConvertToInt()) {
      throw component.wrong(field, "a token and its id");
    }
    Vocabulary.checkId(pair.get(0).stringValue(), pair.get(1).intValue(), component.source());
    return pair.get(1).intValue();
  }
}
