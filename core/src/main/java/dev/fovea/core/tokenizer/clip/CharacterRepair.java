package dev.fovea.core.tokenizer.clip;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Repairs that look at single characters. */
final class CharacterRepair {
  private static final Map<Character, String> SIMPLE = simple();
  private static final Pattern TERMINAL_ESCAPE = Pattern.compile("\u001B\\[[\\p{Nd};]*[a-zA-Z]");

  private CharacterRepair() {}

  /** Latin ligatures and digraphs, half and full width, curly quotes. */
  private static Map<Character, String> simple() {
    Map<Character, String> simple = new HashMap<>();
    String[] digraphs = {
      "\u0132", "IJ", "\u0133", "ij", "\u0149", "'n", "\u01F1", "DZ", "\u01F2", "Dz", "\u01F3",
      "dz", "\u01C4", "D\u017D", "\u01C5", "D\u017E", "\u01C6", "d\u017E", "\u01C7", "LJ", "\u01C8",
      "Lj", "\u01C9", "lj", "\u01CA", "NJ", "\u01CB", "Nj", "\u01CC", "nj", "\uFB00", "ff",
      "\uFB01", "fi", "\uFB02", "fl", "\uFB03", "ffi", "\uFB04", "ffl", "\uFB05", "\u017Ft",
      "\uFB06", "st"
    };
    for (int i = 0; i < digraphs.length; i += 2) {
      simple.put(digraphs[i].charAt(0), digraphs[i + 1]);
    }
    simple.put('\u3000', " ");
    for (char c = 0xFF01; c < 0xFFF0; c++) {
      String plain = Normalizer.normalize(String.valueOf(c), Form.NFKC);
      if (plain.charAt(0) != c) {
        simple.put(c, plain);
      }
    }
    "\u02BC\u2018\u2019\u201A\u201B".chars().forEach(c -> simple.put((char) c, "'"));
    "\u201C\u201D\u201E\u201F".chars().forEach(c -> simple.put((char) c, "\""));
    return simple;
  }

  static String simplify(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String replacement = c < 0x80 ? null : SIMPLE.get(c);
      if (replacement == null) {
        out.append(c);
      } else {
        out.append(replacement);
      }
    }
    return out.toString();
  }

  /** Makes a line feed of every other line break. */
  static String unifyLineBreaks(String text) {
    return text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace('\u2028', '\n')
        .replace('\u2029', '\n')
        .replace('\u0085', '\n');
  }

  /** Removes the sequences that set colours and move the cursor. */
  static String removeTerminalEscapes(String text) {
    return text.indexOf('\u001B') < 0 ? text : TERMINAL_ESCAPE.matcher(text).replaceAll("");
  }

  /** Removes control characters, except those of white space, and format characters of no use. */
  static String removeControls(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean control = c <= 0x08 || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F;
      boolean format = (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC);
      if (!control && !format) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
