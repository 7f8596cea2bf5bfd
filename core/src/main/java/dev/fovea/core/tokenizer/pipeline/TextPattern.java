package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.tokenizer.regex.Regex;
import java.util.function.IntPredicate;

/** Something that is looked for in a text. */
public sealed interface TextPattern {
  /** Calls the consumer for every match, from left to right. */
  void forEachMatch(String text, Regex.MatchConsumer consumer);

  /** A fixed string. */
  record Literal(String wanted) implements TextPattern {
    @Override
    public void forEachMatch(String text, Regex.MatchConsumer consumer) {
      for (int at = text.indexOf(wanted);
          at >= 0;
          at = text.indexOf(wanted, at + wanted.length())) {
        consumer.accept(at, at + wanted.length());
      }
    }
  }

  /** A regular expression. */
  record Expression(Regex regex) implements TextPattern {
    @Override
    public void forEachMatch(String text, Regex.MatchConsumer consumer) {
      regex.forEachMatch(text, consumer);
    }
  }

  /** Single characters of a class. */
  record CharacterClass(IntPredicate members) implements TextPattern {
    @Override
    public void forEachMatch(String text, Regex.MatchConsumer consumer) {
      for (int at = 0; at < text.length(); ) {
        int c = text.codePointAt(at);
        int end = at + Character.charCount(c);
        if (members.test(c)) {
          consumer.accept(at, end);
        }
        at = end;
      }
    }
  }

  /** The text with every match replaced by a fixed string. */
  default String replaceAll(String text, String content) {
    StringBuilder out = new StringBuilder(text.length());
    int[] copied = {0};
    forEachMatch(
        text,
        (start, end) -> {
          out.append(text, copied[0], start).append(content);
          copied[0] = end;
          Growth.check(text.length(), out.length());
        });
    return out.append(text, copied[0], text.length()).toString();
  }
}
