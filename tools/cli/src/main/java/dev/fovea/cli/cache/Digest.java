package dev.fovea.cli.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a sequence of values; each counts with its length, so that none runs into the next.
 */
public final class Digest {
  private final MessageDigest sha256;

  public Digest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  public Digest add(byte[] bytes) {
    sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    sha256.update(bytes);
    return this;
  }

  public Digest add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  public Digest add(long value) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
    return this;
  }

  /** The digest so far, in 64 hexadecimal digits; nothing can be added after. */
  public String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
