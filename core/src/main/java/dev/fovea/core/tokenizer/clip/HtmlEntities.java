package dev.fovea.core.tokenizer.clip;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns HTML character references into the characters that they mean. */
final class HtmlEntities {
  /** Names end in {@code ;} where HTML asks for it. */
  private static final Map<String, String> NAMED = new HashMap<>();

  /** Names in capitals that mean a small letter's capital; they are no HTML. */
  private static final Map<String, String> CAPITALS = new HashMap<>();

  private static final int LONGEST_NAME = 32;
  private static final int LONGEST_STRICT_NAME = 24;

  /** What browsers take the numbers 0x80 to 0x9F for: Windows-1252. */
  private static final String WINDOWS =
      SingleByteEncoding.named("sloppy-windows-1252").decodeUpper(0x80, 0xA0);

  static {
    for (String line : DataFiles.lines("html-entities.txt")) {
      List<String> fields = Arrays.asList(line.split(" "));
      String name = fields.getFirst();
      String value = DataFiles.characters(fields.subList(1, fields.size()));
      NAMED.put(name.endsWith(";") ? name : name + ";", value);
      if (!name.endsWith(";")) {
        NAMED.put(name, value);
      }
    }
    NAMED.forEach(
        (name, value) -> {
          String capitals = name.toUpperCase(Locale.ROOT);
          if (name.endsWith(";")
              && name.equals(name.toLowerCase(Locale.ROOT))
              && longestPrefix(capitals) == 0) {
            CAPITALS.put(capitals, value.toUpperCase(Locale.ROOT));
          }
        });
  }

  private HtmlEntities() {}

  /**
   * Replaces every reference as a browser does, also those without a semicolon (HTML, section
   * 13.2.5.72 and following).
   */
  static String unescape(String text) {
    return replace(text, HtmlEntities::lenientEnd, HtmlEntities::lenient);
  }

  /**
   * Replaces only references that end in a semicolon, and those to a letter whose name is written
   * in capitals.
   */
  static String unescapeComplete(String text) {
    return replace(text, HtmlEntities::strictEnd, HtmlEntities::strict);
  }

  private interface End {
    /** Where a reference that begins with an ampersand ends, or -1 if it is none. */
    int find(String text, int start);
  }

  private interface Meaning {
    /** What stands for a reference. */
    String of(String reference);
  }

  private static String replace(String text, End end, Meaning meaning) {
    int at = text.indexOf('&');
    if (at < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int done = 0;
    while (at >= 0) {
      int stop = end.find(text, at);
      if (stop > 0) {
        out.append(text, done, at).append(meaning.of(text.substring(at, stop)));
        done = stop;
      }
      at = text.indexOf('&', Math.max(at + 1, stop));
    }
    return out.append(text, done, text.length()).toString();
  }

  private static int lenientEnd(String text, int start) {
    int at = start + 1;
    if (at < text.length() && text.charAt(at) == '#') {
      at++;
      boolean hex = at < text.length() && (text.charAt(at) | 0x20) == 'x';
      int digits = hex ? at + 1 : at;
      int end = digits;
      while (end < text.length() && isDigit(text.charAt(end), hex)) {
        end++;
      }
      return end == digits ? -1 : semicolon(text, end);
    }
    int end = at;
    for (int read = 0; read < LONGEST_NAME && end < text.length(); read++) {
      int c = text.codePointAt(end);
      if ("\t\n\f <&#;".indexOf(c) >= 0) {
        break;
      }
      end += Character.charCount(c);
    }
    return end == at ? -1 : semicolon(text, end);
  }

  private static int semicolon(String text, int end) {
    return end < text.length() && text.charAt(end) == ';' ? end + 1 : end;
  }

  private static boolean isDigit(char c, boolean hex) {
    return (c >= '0' && c <= '9') || (hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }

  private static String lenient(String reference) {
    if (reference.charAt(1) == '#') {
      return numeric(reference);
    }
    String name = reference.substring(1);
    int known = longestPrefix(name);
    return known == 0 ? reference : NAMED.get(name.substring(0, known)) + name.substring(known);
  }

  /** Length of the longest known name with which a text begins, or 0. */
  private static int longestPrefix(String text) {
    if (NAMED.containsKey(text)) {
      return text.length();
    }
    for (int length = text.length() - 1; length > 1; length--) {
      if (NAMED.containsKey(text.substring(0, length))) {
        return length;
      }
    }
    return 0;
  }

  private static String numeric(String reference) {
    boolean hex = (reference.charAt(2) | 0x20) == 'x';
    String digits = reference.substring(hex ? 3 : 2).replace(";", "");
    String significant = digits.replaceFirst("^0+", "");
    if (significant.length() > 7) {
      return "\uFFFD";
    }
    int number = significant.isEmpty() ? 0 : Integer.parseInt(significant, hex ? 16 : 10);
    if (number == 0
        || number > Character.MAX_CODE_POINT
        || (number >= 0xD800 && number <= 0xDFFF)) {
      return "\uFFFD";
    }
    if (number == 0x0D) {
      return "\r";
    }
    if (number >= 0x80 && number <= 0x9F) {
      return WINDOWS.substring(number - 0x80, number - 0x7F);
    }
    boolean control =
        number <= 0x08 || number == 0x0B || (number >= 0x0E && number <= 0x1F) || number == 0x7F;
    boolean nonCharacter = (number >= 0xFDD0 && number <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;
    return control || nonCharacter ? "" : Character.toString(number);
  }

  private static int strictEnd(String text, int start) {
    int at = start + 1;
    if (at < text.length() && text.charAt(at) == '#') {
      at++;
    }
    int end = at;
    while (end < text.length()
        && end - at < LONGEST_STRICT_NAME
        && isAsciiAlphanumeric(text.charAt(end))) {
      end++;
    }
    return end > at && end < text.length() && text.charAt(end) == ';' ? end + 1 : -1;
  }

  private static boolean isAsciiAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  }

  private static String strict(String reference) {
    if (reference.charAt(1) == '#') {
      String unescaped = unescape(reference);
      return unescaped.contains(";") ? reference : unescaped;
    }
    String name = reference.substring(1);
    return NAMED.getOrDefault(name, CAPITALS.getOrDefault(name, reference));
  }
}
