package dev.fovea.core.tokenizer.pipeline;

import java.nio.charset.StandardCharsets;

/** The tokens {@code <0x00>} to {@code <0xFF>} that stand for bytes. */
final class ByteTokens {
  private final int[] ids = new int[256];

  ByteTokens(Vocabulary vocabulary) {
    for (int value = 0; value < ids.length; value++) {
      ids[value] = vocabulary.idOrMinus1("<0x%02X>".formatted(value));
    }
  }

  /** Appends the tokens of a text's bytes; if one is missing, appends nothing and says false. */
  boolean append(String text, Ints out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] found = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      found[i] = ids[bytes[i] & 0xFF];
      if (found[i] < 0) {
        return false;
      }
    }
    out.addAll(found);
    return true;
  }
}
