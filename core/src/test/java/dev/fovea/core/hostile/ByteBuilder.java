package dev.fovea.core.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts bytes together, little-endian. */
final class ByteBuilder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ByteBuilder u8(int value) {
    out.write(value);
    return this;
  }

  ByteBuilder u16(long value) {
    return number(value, 2);
  }

  ByteBuilder u32(long value) {
    return number(value, 4);
  }

  ByteBuilder u64(long value) {
    return number(value, 8);
  }

  ByteBuilder text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  ByteBuilder bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  ByteBuilder repeat(int count, byte... bytes) {
    for (int i = 0; i < count; i++) {
      out.writeBytes(bytes);
    }
    return this;
  }

  int size() {
    return out.size();
  }

  byte[] build() {
    return out.toByteArray();
  }

  private ByteBuilder number(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
    return this;
  }
}
