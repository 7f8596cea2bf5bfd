package dev.fovea.core.tokenizer.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The 256 printable characters that stand for bytes in byte-level vocabularies (GPT-2): printable
 * Latin-1 stands for itself, the 68 other bytes for U+0100 and up.
 */
public final class ByteAlphabet {
  private static final char[] CHARS = new char[256];
  private static final short[] BYTES = new short[256 + 68];

  static {
    java.util.Arrays.fill(BYTES, (short) -1);
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable =
          (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
      CHARS[b] = (char) (printable ? b : next++);
      BYTES[CHARS[b]] = (short) b;
    }
  }

  private ByteAlphabet() {}

  /** The character of a byte from 0 to 255. */
  public static char character(int value) {
    return CHARS[value];
  }

  /** The characters of a text's UTF-8 bytes. */
  public static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    char[] chars = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      chars[i] = CHARS[bytes[i] & 0xFF];
    }
    return new String(chars);
  }

  /** Writes the bytes of a token; one with a character outside the alphabet stands for itself. */
  static void decode(String token, ByteArrayOutputStream out) {
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      char c = token.charAt(i);
      if (c >= BYTES.length || BYTES[c] < 0) {
        out.writeBytes(token.getBytes(StandardCharsets.UTF_8));
        return;
      }
      bytes[i] = (byte) BYTES[c];
    }
    out.writeBytes(bytes);
  }
}
