package dev.fovea.core.tokenizer.clip;

import dev.fovea.core.tokenizer.pipeline.Utf8;
import java.util.Optional;

/**
 * Undoes decoding with the wrong encoding: UTF-8 that was read as an encoding of one byte a
 * character, once or several times, in the whole text or in parts. The steps are those of ftfy.
 */
final class EncodingRepair {
  private static final SingleByteEncoding WINDOWS_1252 =
      SingleByteEncoding.named("sloppy-windows-1252");

  private EncodingRepair() {}

  /** Repairs until nothing changes. */
  static String repair(String text) {
    String before = text;
    while (true) {
      String after = step(before);
      if (after.equals(before)) {
        return after;
      }
      before = after;
    }
  }

  private static String step(String text) {
    if (!Mojibake.isLikely(text)) {
      return text;
    }
    for (SingleByteEncoding encoding : SingleByteEncoding.ALL) {
      Optional<String> decoded = encoding.encode(text).flatMap(b -> decodeUtf8(b, encoding));
      if (decoded.isPresent()) {
        return decoded.get();
      }
    }
    String repaired = EmbeddedUtf8.repair(text);
    return repaired.equals(text) ? controlsToWindows(text) : repaired;
  }

  private static Optional<String> decodeUtf8(byte[] encoded, SingleByteEncoding encoding) {
    byte[] bytes = encoded;
    if (!encoding.name().equals("macroman") && LostBytes.hasAlteredSpaces(bytes)) {
      bytes = LostBytes.restoreNoBreakSpaces(bytes);
    }
    if (encoding.isSloppy()) {
      bytes = LostBytes.replaceLossy(bytes);
    }
    return contains(bytes, 0xED) || contains(bytes, 0xC0)
        ? Utf8Variants.decode(bytes)
        : Utf8.strict(bytes);
  }

  private static boolean contains(byte[] bytes, int value) {
    for (byte b : bytes) {
      if ((b & 0xFF) == value) {
        return true;
      }
    }
    return false;
  }

  /** Reads the control characters from U+0080 to U+009F as Windows-1252, as browsers do. */
  static String controlsToWindows(String text) {
    String windows = WINDOWS_1252.decodeUpper(0x80, 0xA0);
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= 0x80 && c <= 0x9F ? windows.charAt(c - 0x80) : c);
    }
    return out.toString();
  }
}
