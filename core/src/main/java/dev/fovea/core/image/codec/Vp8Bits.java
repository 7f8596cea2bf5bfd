package dev.fovea.core.image.codec;

import java.nio.ByteBuffer;

/** The arithmetic decoder of VP8: RFC 6386, section 7. */
final class Vp8Bits {
  private final byte[] bytes;
  private int at;

  /** Bits that are read but not used up, below {@code available + 8} of them. */
  private long window;

  /** How many bits beyond the first eight are in the window. */
  private int available = -8;

  /** One less than the size of the interval. */
  private int range = 254;

  private boolean exhausted;

  Vp8Bits(ByteBuffer part) {
    bytes = new byte[part.remaining()];
    part.get(part.position(), bytes);
  }

  /** Whether more was read than there is. */
  boolean isExhausted() {
    return exhausted;
  }

  /**
   * Reads a bit.
   *
   * @param probability that it is 0, of 256
   */
  int bit(int probability) {
    if (available < 0) {
      fill();
    }
    int split = (range * probability) >> 8;
    int value = (int) (window >>> available);
    int bit;
    if (value > split) {
      window -= (long) (split + 1) << available;
      range -= split + 1;
      bit = 1;
    } else {
      range = split;
      bit = 0;
    }
    if (range < 127) {
      int shift = Integer.numberOfLeadingZeros(range + 1) - 24;
      range = ((range + 1) << shift) - 1;
      available -= shift;
    }
    return bit;
  }

  boolean flag() {
    return bit(128) != 0;
  }

  /** An unsigned number, highest bit first. */
  int number(int bits) {
    int value = 0;
    for (int i = 0; i < bits; i++) {
      value = value << 1 | bit(128);
    }
    return value;
  }

  /** A number and its sign. */
  int signed(int bits) {
    int value = number(bits);
    return flag() ? -value : value;
  }

  /** A flag, and a signed number where it is set; 0 otherwise. */
  int optionalSigned(int bits) {
    return flag() ? signed(bits) : 0;
  }

  private void fill() {
    while (available <= 32) {
      if (at < bytes.length) {
        window = window << 8 | (bytes[at++] & 0xff);
      } else {
        exhausted |= available < 0;
        if (available >= 0) {
          return;
        }
        window <<= 8;
      }
      available += 8;
    }
  }
}
