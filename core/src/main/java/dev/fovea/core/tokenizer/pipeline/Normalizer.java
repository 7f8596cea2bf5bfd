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
        Growth.check(text.length(), result.length());
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

  /**
   * BERT's clean-up.
   *
   * @param clean whether control characters go and all white space becomes a space
   * @param spaceChinese whether characters of Chinese become words
   */
  record Bert(boolean clean, boolean spaceChinese, boolean stripAccents, boolean lowercase)
      implements Normalizer {
    @Override
    public String normalize(String text) {
      String result = clean ? BertText.clean(text) : text;
      result = spaceChinese ? BertText.spaceChinese(result) : result;
      result = stripAccents ? BertText.stripAccents(result) : result;
      return lowercase ? Characters.lowercase(result) : result;
    }
  }

  /**
   * The compiled rules of a SentencePiece model.
   *
   * @param byCluster whether they are applied as the tokenizers library does it
   */
  record Precompiled(CharsMap rules, boolean byCluster) implements Normalizer {
    @Override
    public String normalize(String text) {
      return byCluster ? rules.applyToClusters(text) : rules.applyLongest(text);
    }
  }

  /** Drops control characters and makes a space of what should be one (SentencePiece's nmt). */
  record Nmt() implements Normalizer {
    @Override
    public String normalize(String text) {
      StringBuilder out = new StringBuilder(text.length());
      text.codePoints()
          .filter(c -> !isControl(c))
          .map(c -> isSpace(c) ? ' ' : c)
          .forEach(out::appendCodePoint);
      return out.toString();
    }

    private static boolean isControl(int c) {
      return (c >= 0x01 && c <= 0x08)
          || c == 0x0B
          || (c >= 0x0E && c <= 0x1F)
          || c == 0x7F
          || c == 0x8F
          || c == 0x9F;
    }

    private static boolean isSpace(int c) {
      return c == 0x09
          || c == 0x0A
          || c == 0x0C
          || c == 0x0D
          || c == 0x1680
          || (c >= 0x200B && c <= 0x200F)
          || c == 0x2028
          || c == 0x2029
          || c == 0x2581
          || c == 0xFEFF
          || c == 0xFFFD;
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
