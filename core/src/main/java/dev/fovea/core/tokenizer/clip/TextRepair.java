package dev.fovea.core.tokenizer.clip;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * Repairs text as ftfy's {@code fix_text} does with its default settings: HTML references,
 * mojibake, ligatures, width, curly quotes, line breaks, terminal escapes, control characters; then
 * NFC.
 */
final class TextRepair {
  private static final int LONGEST_SEGMENT = 1_000_000;

  /** Repairing repaired text changes it a few times at most. */
  private static final int MOST_ROUNDS = 50;

  private TextRepair() {}

  static String repair(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean html = true;
    for (int at = 0; at < text.length(); ) {
      int end = segmentEnd(text, at);
      String segment = text.substring(at, end);
      html &= segment.indexOf('<') < 0;
      out.append(repairSegment(segment, html));
      at = end;
    }
    return out.toString();
  }

  /** Behind the next line break, but not more than a million characters on. */
  private static int segmentEnd(String text, int start) {
    int newline = text.indexOf('\n', start);
    int end = newline < 0 ? text.length() : newline + 1;
    if (end - start > LONGEST_SEGMENT) {
      end = start;
      for (int read = 0; read < LONGEST_SEGMENT && end < text.length(); read++) {
        end += Character.charCount(text.codePointAt(end));
      }
    }
    return end;
  }

  private static String repairSegment(String segment, boolean html) {
    String before = segment;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String after = repairOnce(before, html);
      if (after.equals(before)) {
        break;
      }
      before = after;
    }
    return before;
  }

  private static String repairOnce(String segment, boolean html) {
    String text = html ? HtmlEntities.unescapeComplete(segment) : segment;
    text = EncodingRepair.repair(text);
    text = EncodingRepair.controlsToWindows(text);
    text = CharacterRepair.simplify(text);
    text = CharacterRepair.unifyLineBreaks(text);
    text = CharacterRepair.removeTerminalEscapes(text);
    text = CharacterRepair.removeControls(text);
    return Normalizer.normalize(text, Form.NFC);
  }
}
