package dev.fovea.core.image.codec;

/** The variant of LZW that GIF files use: codes of growing length, lowest bits first. */
final class GifCodes {
  private static final int TABLE_SIZE = 4096;
  private static final int MOST_BITS = 12;
  private static final int NONE = -1;

  private final byte[] codes;
  private final int clear;
  private final int end;
  private final int[] prefix = new int[TABLE_SIZE];
  private final byte[] last = new byte[TABLE_SIZE];
  private final byte[] first = new byte[TABLE_SIZE];
  private final int[] length = new int[TABLE_SIZE];
  private long bitAt;

  private GifCodes(byte[] codes, int rootBits) {
    this.codes = codes;
    clear = 1 << rootBits;
    end = clear + 1;
    for (int i = 0; i < clear; i++) {
      prefix[i] = NONE;
      last[i] = (byte) i;
      first[i] = (byte) i;
      length[i] = 1;
    }
  }

  /**
   * Unpacks the colour indices of a picture.
   *
   * @param rootBits bits of an index
   */
  static byte[] unpack(byte[] codes, int rootBits, int pixels) throws BadPictureException {
    if (rootBits < 1 || rootBits > 8) {
      throw new BadPictureException("damaged: %d bits per pixel".formatted(rootBits));
    }
    return new GifCodes(codes, rootBits).unpack(pixels, rootBits + 1);
  }

  private byte[] unpack(int pixels, int firstBits) throws BadPictureException {
    byte[] indices = new byte[pixels];
    int at = 0;
    int bits = firstBits;
    int next = end + 1;
    int before = NONE;
    while (at < pixels) {
      int code = read(bits);
      if (code == end) {
        throw BadPictureException.truncated("before its last pixel");
      }
      if (code == clear) {
        bits = firstBits;
        next = end + 1;
        before = NONE;
        continue;
      }
      if (code > next
          || (before == NONE && code >= clear)
          || (code == next && next == TABLE_SIZE)) {
        throw new BadPictureException("damaged: the compressed data makes no sense");
      }
      if (before != NONE && next < TABLE_SIZE) {
        prefix[next] = before;
        first[next] = first[before];
        last[next] = code == next ? first[before] : first[code];
        length[next] = length[before] + 1;
        next++;
        if (next == 1 << bits && bits < MOST_BITS) {
          bits++;
        }
      }
      at = write(code, indices, at);
      before = code;
    }
    return indices;
  }

  private int write(int code, byte[] indices, int at) {
    int after = at + length[code];
    int target = after;
    for (int c = code; c != NONE; c = prefix[c]) {
      target--;
      if (target < indices.length) {
        indices[target] = last[c];
      }
    }
    return after;
  }

  private int read(int bits) throws BadPictureException {
    if (bitAt + bits > 8L * codes.length) {
      throw BadPictureException.truncated("before its last pixel");
    }
    int value = 0;
    for (int i = 0; i < bits; ) {
      int offset = (int) (bitAt & 7);
      int taken = Math.min(bits - i, 8 - offset);
      value |= ((codes[(int) (bitAt >> 3)] & 0xff) >> offset & (1 << taken) - 1) << i;
      i += taken;
      bitAt += taken;
    }
    return value;
  }
}
