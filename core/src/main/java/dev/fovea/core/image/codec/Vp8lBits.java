package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;

/** Reads the bits of a lossless WebP picture, lowest first. */
final class Vp8lBits {
  private final byte[] bytes;
  private int at;
  private long window;
  private int available;

  /** How many bits beyond the end were given out as zeros. */
  private int missing;

  Vp8lBits(ByteBuffer data) {
    bytes = new byte[data.remaining()];
    data.get(data.position(), bytes);
  }

  /** Makes sure that the next 15 bits, the longest code, can be looked at. */
  void prepare() {
    while (available <= 32) {
      if (at < bytes.length) {
        window |= (bytes[at++] & 0xffL) << available;
      } else {
        missing += 8;
      }
      available += 8;
    }
  }

  /** The next bits, of those that {@link #prepare} made sure of. */
  int peek(int bits) {
    return (int) window & ((1 << bits) - 1);
  }

  void skip(int bits) {
    window >>>= bits;
    available -= bits;
  }

  /** A number of up to 24 bits. */
  int number(int bits) {
    prepare();
    int value = peek(bits);
    skip(bits);
    return value;
  }

  boolean flag() {
    return number(1) != 0;
  }

  /** Fails if more was read than there is. */
  void checkNotExhausted() throws BadPictureException {
    if (missing > available) {
      throw BadPictureException.truncated("within its picture");
    }
  }
}
