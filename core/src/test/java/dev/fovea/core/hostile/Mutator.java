package dev.fovea.core.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes files a little: bits, numbers, pieces, and words of their format. */
final class Mutator {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    4,
    7,
    8,
    16,
    32,
    63,
    64,
    100,
    127,
    128,
    255,
    256,
    1000,
    4096,
    32767,
    32768,
    65535,
    65536,
    1 << 20,
    1 << 24,
    100_000_000,
    100_000_001,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 32,
    1L << 40,
    1L << 53,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final List<String> DIGITS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "4",
          "8",
          "1.5",
          "1e3",
          "1e400",
          "4294967296",
          "4294967297",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "99999999999999999999999999999999");

  private final SplittableRandom random;
  private final List<byte[]> words;

  /**
   * A mutator.
   *
   * @param words what a file of this format is made of
   */
  Mutator(SplittableRandom random, List<byte[]> words) {
    this.random = random;
    this.words = words;
  }

  /** A changed copy, a few kilobytes at most. */
  byte[] mutate(byte[] input, byte[] other) {
    byte[] bytes = input.clone();
    int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 2);
    for (int i = 0; i < changes; i++) {
      bytes = change(bytes, other);
    }
    return bytes.length > Fuzzer.LARGEST ? Arrays.copyOf(bytes, Fuzzer.LARGEST) : bytes;
  }

  private byte[] change(byte[] bytes, byte[] other) {
    if (bytes.length == 0) {
      return word();
    }
    return switch (random.nextInt(12)) {
      case 0 -> flip(bytes);
      case 1 -> set(bytes, (byte) random.nextInt(256));
      case 2 -> number(bytes);
      case 3 -> digits(bytes);
      case 4 -> remove(bytes);
      case 5 -> insert(bytes, piece(bytes));
      case 6 -> insert(bytes, piece(other));
      case 7 -> insert(bytes, word());
      case 8 -> overwrite(bytes, word());
      case 9 -> overwrite(bytes, piece(other));
      case 10 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      default -> splice(bytes, other);
    };
  }

  private byte[] flip(byte[] bytes) {
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }

  private byte[] set(byte[] bytes, byte value) {
    bytes[random.nextInt(bytes.length)] = value;
    return bytes;
  }

  private byte[] number(byte[] bytes) {
    int width = 1 << random.nextInt(4);
    long value = NUMBERS[random.nextInt(NUMBERS.length)];
    if (random.nextInt(3) == 0) {
      value = bytes.length + random.nextLong(17) - 8;
    }
    byte[] all = new byte[Long.BYTES];
    ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    return overwrite(bytes, Arrays.copyOf(all, width));
  }

  /** Puts another number in the place of one that is written in digits. */
  private byte[] digits(byte[] bytes) {
    int start = random.nextInt(bytes.length);
    while (start < bytes.length && !isDigit(bytes[start])) {
      start++;
    }
    int end = start;
    while (end < bytes.length && isDigit(bytes[end])) {
      end++;
    }
    byte[] text = DIGITS.get(random.nextInt(DIGITS.size())).getBytes(StandardCharsets.US_ASCII);
    return joined(Arrays.copyOf(bytes, start), text, Arrays.copyOfRange(bytes, end, bytes.length));
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private byte[] remove(byte[] bytes) {
    int start = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, start + 1 + random.nextInt(random.nextBoolean() ? 4 : 64));
    return joined(
        Arrays.copyOf(bytes, start), new byte[0], Arrays.copyOfRange(bytes, end, bytes.length));
  }

  private byte[] insert(byte[] bytes, byte[] piece) {
    int at = random.nextInt(bytes.length + 1);
    return joined(Arrays.copyOf(bytes, at), piece, Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private byte[] overwrite(byte[] bytes, byte[] piece) {
    int at = random.nextInt(bytes.length);
    System.arraycopy(piece, 0, bytes, at, Math.min(piece.length, bytes.length - at));
    return bytes;
  }

  private byte[] splice(byte[] bytes, byte[] other) {
    int end = random.nextInt(bytes.length + 1);
    int start = random.nextInt(other.length + 1);
    return joined(
        Arrays.copyOf(bytes, end), new byte[0], Arrays.copyOfRange(other, start, other.length));
  }

  private byte[] piece(byte[] bytes) {
    if (bytes.length == 0) {
      return bytes;
    }
    int start = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, start + 1 + random.nextInt(random.nextBoolean() ? 8 : 200));
    return Arrays.copyOfRange(bytes, start, end);
  }

  private byte[] word() {
    return words.get(random.nextInt(words.size()));
  }

  private static byte[] joined(byte[] first, byte[] second, byte[] third) {
    return new ByteBuilder().bytes(first).bytes(second).bytes(third).build();
  }
}
