package dev.fovea.core.tokenizer.clip;

import java.io.ByteArrayOutputStream;

/**
 * Restores what programs on the way did to the bytes of UTF-8 text that they took for another
 * encoding: the byte A0 that became a space, and bytes that became a substitute (1A).
 */
final class LostBytes {
  private static final int NO_BREAK = 0xA0;
  private static final int SUBSTITUTE = 0x1A;
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

  private LostBytes() {}

  /** Puts A0 back where a space stands within what would otherwise be a likely character. */
  static byte[] restoreNoBreakSpaces(byte[] bytes) {
    byte[] restored = graveWords(bytes);
    for (int at = 0; at < restored.length; ) {
      int length = alteredLength(restored, at);
      for (int i = at; i < at + length; i++) {
        if (restored[i] == ' ') {
          restored[i] = (byte) NO_BREAK;
        }
      }
      at += Math.max(1, length);
    }
    return restored;
  }

  /** Whether {@link #restoreNoBreakSpaces} has anything to do. */
  static boolean hasAlteredSpaces(byte[] bytes) {
    for (int at = 0; at < bytes.length; at++) {
      if (alteredLength(bytes, at) > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The word "à" keeps the space behind it: C3 and a space become C3, A0 and a space, unless a
   * further space or one of the Portuguese words that begin with "à" follows.
   */
  private static byte[] graveWords(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      out.write(bytes[at]);
      if (is(bytes, at, 0xC3)
          && is(bytes, at + 1, ' ')
          && !begins(bytes, at + 2, " ")
          && !begins(bytes, at + 2, "quele")
          && !begins(bytes, at + 2, "quela")
          && !begins(bytes, at + 2, "quilo")
          && !begins(bytes, at + 2, "s ")) {
        out.write(NO_BREAK);
      }
    }
    return out.toByteArray();
  }

  private static boolean begins(byte[] bytes, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (!is(bytes, at + i, word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Length of a character at this place whose byte A0 became a space, or 0. */
  private static int alteredLength(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xC2) {
      return 0;
    }
    boolean two =
        lead == 0xC2
            || lead == 0xC3
            || lead == 0xC5
            || lead == 0xCE
            || lead == 0xD0
            || lead == 0xD9;
    if (two && is(bytes, at + 1, ' ')) {
      return 2;
    }
    if ((lead == 0xE2 || lead == 0xE3) && is(bytes, at + 1, ' ') && distinct(bytes, at + 2)) {
      return 3;
    }
    if (lead >= 0xE0 && lead <= 0xE3 && distinct(bytes, at + 1) && is(bytes, at + 2, ' ')) {
      return 3;
    }
    return lead == 0xF0 && oneSpaceOfThree(bytes, at + 1) ? 4 : 0;
  }

  /** A continuation byte that is neither A0 nor 85, the other byte that is taken for space. */
  private static boolean distinct(byte[] bytes, int at) {
    return continues(bytes, at) && !is(bytes, at, 0x85) && !is(bytes, at, NO_BREAK);
  }

  private static boolean oneSpaceOfThree(byte[] bytes, int from) {
    int spaces = 0;
    for (int at = from; at < from + 3; at++) {
      if (is(bytes, at, ' ')) {
        spaces++;
      } else if (!continues(bytes, at)) {
        return false;
      }
    }
    return spaces == 1;
  }

  /** Makes U+FFFD of characters that lost bytes, and of every other substitute. */
  static byte[] replaceLossy(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int length = lossyLength(bytes, at);
      if (length > 0) {
        out.writeBytes(REPLACEMENT);
        at += length;
      } else {
        out.write(bytes[at++]);
      }
    }
    return out.toByteArray();
  }

  /** Length of a character at this place that lost a byte, or 0. */
  private static int lossyLength(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead == SUBSTITUTE) {
      return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
      boolean lost = is(bytes, at + 1, SUBSTITUTE) || (lead <= 0xC3 && is(bytes, at + 1, '?'));
      return lost ? 2 : 0;
    }
    if (lead == 0xED && lossyPair(bytes, at)) {
      return 6;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      return lossyTail(bytes, at + 1, 2) ? 3 : 0;
    }
    return lead >= 0xF0 && lead <= 0xF4 && lossyTail(bytes, at + 1, 3) ? 4 : 0;
  }

  /** Continuation bytes of which at least one is lost, and at most one of these became '?'. */
  private static boolean lossyTail(byte[] bytes, int from, int count) {
    int lost = 0;
    int questions = 0;
    for (int at = from; at < from + count; at++) {
      if (is(bytes, at, '?')) {
        questions++;
      } else if (is(bytes, at, SUBSTITUTE)) {
        lost++;
      } else if (!continues(bytes, at)) {
        return false;
      }
    }
    return questions <= 1 && lost + questions > 0;
  }

  /** Two surrogates of three bytes each, one of which lost its last byte. */
  private static boolean lossyPair(byte[] bytes, int at) {
    boolean surrogates =
        inRange(bytes, at + 1, 0xA0, 0xAF)
            && is(bytes, at + 3, 0xED)
            && inRange(bytes, at + 4, 0xB0, 0xBF);
    boolean firstLost = isLost(bytes, at + 2);
    boolean secondLost = isLost(bytes, at + 5);
    return surrogates
        && (firstLost || secondLost)
        && (firstLost || continues(bytes, at + 2))
        && (secondLost || continues(bytes, at + 5));
  }

  private static boolean isLost(byte[] bytes, int at) {
    return is(bytes, at, SUBSTITUTE) || is(bytes, at, '?');
  }

  private static boolean continues(byte[] bytes, int at) {
    return inRange(bytes, at, 0x80, 0xBF);
  }

  private static boolean is(byte[] bytes, int at, int value) {
    return inRange(bytes, at, value, value);
  }

  private static boolean inRange(byte[] bytes, int at, int least, int most) {
    return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
  }
}
