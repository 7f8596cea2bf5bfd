package dev.fovea.core.tokenizer.pipeline;

import java.text.Normalizer.Form;
import java.util.List;
import java.util.function.UnaryOperator;

/** Cleans a text before it is split. */
public sealed interface Normalizer {
  String normalize(String text);

  /** Leaves texts as they are. */
  Normalizer NONE = new Sequence(List.of());

  /** One after the other. */
  record Sequence(List<Normalizer> steps) implements Normalizer {
    @Override
    public String normalize(String text) {
      String result = text;
      for (Normalizer step : steps) {
        result = step.normalize(result);
      }
      return result;
    }
  }

  /** A rule of one model alone. */
  record Rule(UnaryOperator<String> rule) implements Normalizer {
    @Override
    public String normalize(String text) {
      return rule.apply(text);
    }
  }

  /** A normal form of Unicode. */
  record UnicodeForm(Form form) implements Normalizer {
    @Override
    public String normalize(String text) {
      return java.text.Normalizer.normalize(text, form);
    }
  }

  /** Lower case, character by character. */
  record Lowercase() implements Normalizer {
    @Override
    public String normalize(String text) {
      return Characters.lowercase(text);
    }
  }

  /** Removes white space at the ends. */
  record Strip(boolean left, boolean right) implements Normalizer {
    @Override
    public String normalize(String text) {
      int start = 0;
      int end = text.length();
      while (left && start < end && Characters.isWhiteSpace(text.charAt(start))) {
        start++;
      }
      while (right && start < end && Characters.isWhiteSpace(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(start, end);
    }
  }

  /** Removes marks; it does not take characters apart first. */
  record StripAccents() implements Normalizer {
    @Override
    public String normalize(String text) {
      return Characters.filter(text, c -> !Characters.isMark(c));
    }
  }

  /** Replaces every match by a fixed string. */
  record Replace(TextPattern pattern, String content) implements Normalizer {
    @Override
    public String normalize(String text) {
      return pattern.replaceAll(text, content);
    }
  }

  /** Puts a string before a text that is not empty. */
  record Prepend(String prefix) implements Normalizer {
    @Override
    public String normalize(String text) {
      return text.isEmpty() ? text : prefix + text;
    }
  }

  /** Writes the bytes of the text in the alphabet of byte-level vocabularies. */
  record ByteLevel() implements Normalizer {
    @Override
    public String normalize(String text) {
      return ByteAlphabet.encode(text);
    }
  }
}
