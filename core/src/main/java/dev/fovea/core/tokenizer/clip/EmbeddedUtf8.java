package dev.fovea.core.tokenizer.clip;

import java.util.BitSet;

/**
 * Finds the parts of a text that look like UTF-8 read as one of the Western encodings, and repairs
 * each by itself.
 */
final class EmbeddedUtf8 {
  /** The encodings that agree with Latin-1 in where they have letters. */
  private static final int WESTERN = 7;

  private static final BitSet FIRST_OF_2 = charactersOf(0xC2, 0xE0);
  private static final BitSet FIRST_OF_3 = charactersOf(0xE0, 0xF0);
  private static final BitSet FIRST_OF_4 = charactersOf(0xF0, 0xF1);
  private static final BitSet CONTINUATION = charactersOf(0x80, 0xC0);

  /** Continuations that hardly stand for themselves: no dashes, quotation marks, bullets. */
  private static final BitSet STRICT_CONTINUATION;

  static {
    FIRST_OF_4.or(charactersOf(0xF3, 0xF4));
    STRICT_CONTINUATION = (BitSet) CONTINUATION.clone();
    "\u2013\u2014\u2015\u2018\u2019\u201A\u201C\u201D\u201E\u2022\u2026"
        .chars()
        .forEach(STRICT_CONTINUATION::clear);
    CONTINUATION.set(' ');
  }

  private EmbeddedUtf8() {}

  private static BitSet charactersOf(int from, int to) {
    BitSet characters = new BitSet();
    for (SingleByteEncoding encoding : SingleByteEncoding.ALL.subList(0, WESTERN)) {
      encoding.decodeUpper(from, to).chars().forEach(characters::set);
    }
    return characters;
  }

  static String repair(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int at = 0; at < text.length(); ) {
      int end = end(text, at);
      if (end == at) {
        out.append(text.charAt(at++));
        continue;
      }
      String part = text.substring(at, end);
      boolean shorter = part.length() < text.length();
      out.append(shorter && Mojibake.isLikely(part) ? EncodingRepair.repair(part) : part);
      at = end;
    }
    return out.toString();
  }

  /** The end of the longest row of sequences that begins here, or the beginning itself. */
  private static int end(String text, int start) {
    if (start > 0 && STRICT_CONTINUATION.get(text.charAt(start - 1))) {
      return start;
    }
    int end = start;
    while (true) {
      int length = sequence(text, end);
      if (length == 0) {
        return end;
      }
      end += length;
    }
  }

  private static int sequence(String text, int at) {
    if (at >= text.length()) {
      return 0;
    }
    char first = text.charAt(at);
    if (FIRST_OF_2.get(first) && continues(text, at + 1, 1)) {
      return 2;
    }
    if (FIRST_OF_3.get(first) && continues(text, at + 1, 2)) {
      return 3;
    }
    return FIRST_OF_4.get(first) && continues(text, at + 1, 3) ? 4 : 0;
  }

  private static boolean continues(String text, int from, int count) {
    for (int at = from; at < from + count; at++) {
      if (at >= text.length() || !CONTINUATION.get(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }
}
