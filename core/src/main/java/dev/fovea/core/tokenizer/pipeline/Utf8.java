package dev.fovea.core.tokenizer.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reading bytes that may not be UTF-8. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The text of bytes, or empty if they are not UTF-8. */
  public static Optional<String> strict(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /**
   * The text of bytes, with one U+FFFD for each longest beginning of a character that is cut off,
   * and for each byte that begins none (Unicode 16, section 3.9, "substitution of maximal
   * subparts").
   */
  public static String lossy(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at] & 0xFF;
      int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      if (length == 0 || first > 0xF4) {
        out.append(REPLACEMENT);
        at++;
        continue;
      }
      int character = length == 1 ? first : first & (0xFF >> (length + 1));
      int read = 1;
      while (read < length && at + read < bytes.length) {
        int next = bytes[at + read] & 0xFF;
        if (read == 1 ? !follows(first, next) : (next & 0xC0) != 0x80) {
          break;
        }
        character = character << 6 | (next & 0x3F);
        read++;
      }
      if (read == length) {
        out.appendCodePoint(character);
      } else {
        out.append(REPLACEMENT);
      }
      at += read;
    }
    return out.toString();
  }

  /**
   * Whether a second byte makes neither an overlong form, nor a surrogate, nor more than 10FFFF.
   */
  private static boolean follows(int first, int second) {
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= least && second <= most;
  }
}
