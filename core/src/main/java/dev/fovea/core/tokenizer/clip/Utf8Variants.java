package dev.fovea.core.tokenizer.clip;

import dev.fovea.core.tokenizer.pipeline.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * UTF-8 with two habits of other programs: characters beyond the first plane as two surrogates of
 * three bytes each (CESU-8, Unicode Technical Report 26), and U+0000 as C0 80.
 */
final class Utf8Variants {
  private Utf8Variants() {}

  /** The text of bytes, or empty if they are neither UTF-8 nor one of its variants. */
  static Optional<String> decode(byte[] bytes) {
    return Utf8.strict(toUtf8(bytes));
  }

  private static byte[] toUtf8(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      if (in(bytes, at, 0xC0, 0xC0) && in(bytes, at + 1, 0x80, 0x80)) {
        out.write(0);
        at += 2;
      } else if (isSurrogatePair(bytes, at)) {
        int high = (bytes[at + 1] & 0x0F) << 6 | (bytes[at + 2] & 0x3F);
        int low = (bytes[at + 4] & 0x0F) << 6 | (bytes[at + 5] & 0x3F);
        out.writeBytes(
            Character.toString(0x10000 + (high << 10 | low)).getBytes(StandardCharsets.UTF_8));
        at += 6;
      } else {
        out.write(bytes[at++]);
      }
    }
    return out.toByteArray();
  }

  private static boolean isSurrogatePair(byte[] bytes, int at) {
    return in(bytes, at, 0xED, 0xED)
        && in(bytes, at + 1, 0xA0, 0xAF)
        && in(bytes, at + 2, 0x80, 0xBF)
        && in(bytes, at + 3, 0xED, 0xED)
        && in(bytes, at + 4, 0xB0, 0xBF)
        && in(bytes, at + 5, 0x80, 0xBF);
  }

  private static boolean in(byte[] bytes, int at, int least, int most) {
    return at < bytes.length && (bytes[at] & 0xFF) >= least && (bytes[at] & 0xFF) <= most;
  }
}
