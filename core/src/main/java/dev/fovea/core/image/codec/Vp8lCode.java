package dev.fovea.core.image.codec;

import java.util.Arrays;

/** A prefix code of a lossless WebP picture. */
final class Vp8lCode {
  private static final int LONGEST = 15;

  /** Codes up to that length are looked up in one step. */
  private static final int TABLE_BITS = 8;

  private static final int LENGTH_CODES = 19;
  private static final int[] LENGTH_CODE_ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  /** By the next bits: symbol and, from bit 16 on, length; 0 where the code is longer. */
  private final int[] table;

  private final int[] countOfLength;
  private final int[] symbolsInOrder;

  private Vp8lCode(int[] table, int[] countOfLength, int[] symbolsInOrder) {
    this.table = table;
    this.countOfLength = countOfLength;
    this.symbolsInOrder = symbolsInOrder;
  }

  /** Reads the lengths of the codes of an alphabet. */
  static Vp8lCode read(Vp8lBits in, int symbols) throws BadPictureException {
    int[] lengths = new int[symbols];
    if (in.flag()) {
      boolean two = in.flag();
      int first = in.number(in.flag() ? 8 : 1);
      int second = two ? in.number(8) : first;
      if (first >= symbols || second >= symbols) {
        throw new BadPictureException("damaged: a prefix code has an unknown symbol");
      }
      lengths[first] = 1;
      lengths[second] = 1;
    } else {
      readLengths(in, lengths);
    }
    in.checkNotExhausted();
    return ofLengths(lengths);
  }

  private static void readLengths(Vp8lBits in, int[] lengths) throws BadPictureException {
    int[] codeLengths = new int[LENGTH_CODES];
    int count = 4 + in.number(4);
    for (int i = 0; i < count; i++) {
      codeLengths[LENGTH_CODE_ORDER[i]] = in.number(3);
    }
    Vp8lCode code = ofLengths(codeLengths);
    int left = lengths.length;
    if (in.flag()) {
      int bits = 2 + 2 * in.number(3);
      left = 2 + in.number(bits);
      if (left > lengths.length) {
        throw new BadPictureException("damaged: a prefix code has too many symbols");
      }
    }
    int before = 8;
    for (int symbol = 0; symbol < lengths.length && left > 0; left--) {
      int length = code.symbol(in);
      if (length < 16) {
        lengths[symbol++] = length;
        before = length == 0 ? before : length;
        continue;
      }
      int repeat =
          switch (length) {
            case 16 -> 3 + in.number(2);
            case 17 -> 3 + in.number(3);
            default -> 11 + in.number(7);
          };
      if (symbol + repeat > lengths.length) {
        throw new BadPictureException("damaged: a prefix code has too many symbols");
      }
      Arrays.fill(lengths, symbol, symbol + repeat, length == 16 ? before : 0);
      symbol += repeat;
    }
  }

  /** The canonical code of these lengths; it must be complete, or have one symbol alone. */
  static Vp8lCode ofLengths(int[] lengths) throws BadPictureException {
    int[] counts = new int[LONGEST + 1];
    for (int length : lengths) {
      counts[length]++;
    }
    int used = lengths.length - counts[0];
    counts[0] = 0;
    int[] starts = new int[LONGEST + 2];
    int open = 1;
    for (int length = 1; length <= LONGEST; length++) {
      starts[length + 1] = starts[length] + counts[length];
      open = 2 * open - counts[length];
      if (open < 0) {
        break;
      }
    }
    if (used == 0 || (used > 1 && open != 0)) {
      throw new BadPictureException("damaged: a prefix code is incomplete or has too many symbols");
    }
    int[] symbols = new int[used];
    int[] next = starts.clone();
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        symbols[next[lengths[symbol]]++] = symbol;
      }
    }
    if (used == 1) {
      return new Vp8lCode(new int[0], new int[0], symbols);
    }
    return new Vp8lCode(table(counts, symbols), counts, symbols);
  }

  private static int[] table(int[] counts, int[] symbols) {
    int longest = LONGEST;
    while (counts[longest] == 0) {
      longest--;
    }
    int bits = Math.min(TABLE_BITS, longest);
    int[] table = new int[1 << bits];
    int code = 0;
    int at = 0;
    for (int length = 1; length <= bits; length++) {
      for (int i = 0; i < counts[length]; i++) {
        int reversed = Integer.reverse(code) >>> (32 - length);
        for (int entry = reversed; entry < table.length; entry += 1 << length) {
          table[entry] = length << 16 | symbols[at];
        }
        code++;
        at++;
      }
      code <<= 1;
    }
    return table;
  }

  /** Reads a symbol. */
  int symbol(Vp8lBits in) {
    if (table.length == 0) {
      return symbolsInOrder[0];
    }
    in.prepare();
    int entry = table[in.peek(TABLE_BITS) & (table.length - 1)];
    if (entry != 0) {
      in.skip(entry >>> 16);
      return entry & 0xffff;
    }
    return longSymbol(in);
  }

  private int longSymbol(Vp8lBits in) {
    int bits = in.peek(LONGEST);
    int code = 0;
    int first = 0;
    int at = 0;
    int length = 1;
    while (true) {
      code |= bits & 1;
      bits >>= 1;
      int count = countOfLength[length];
      if (code - first < count) {
        in.skip(length);
        return symbolsInOrder[at + code - first];
      }
      at += count;
      first = (first + count) << 1;
      code <<= 1;
      length++;
    }
  }
}
