package dev.fovea.core.tokenizer.clip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoding of one byte a character that agrees with ASCII in its lower half. In a sloppy one,
 * bytes without a meaning stand for the control characters of Latin-1, and byte 1A for a character
 * that was lost.
 */
final class SingleByteEncoding {
  /** All encodings, the likeliest first. */
  static final List<SingleByteEncoding> ALL = read();

  private static final int UPPER = 0x80;
  private static final char SUBSTITUTE = 0x1A;
  private static final char LOST = '\uFFFD';

  private final String name;
  private final String upper;
  private final Map<Character, Byte> bytes = new HashMap<>();

  private SingleByteEncoding(String name, String upper) {
    this.name = name;
    this.upper = upper;
    for (int i = 0; i < upper.length(); i++) {
      bytes.put(upper.charAt(i), (byte) (UPPER + i));
    }
    if (isSloppy()) {
      bytes.put(LOST, (byte) SUBSTITUTE);
    }
  }

  private static List<SingleByteEncoding> read() {
    List<SingleByteEncoding> encodings = new ArrayList<>();
    for (String line : DataFiles.lines("mojibake.txt")) {
      List<String> fields = Arrays.asList(line.split(" "));
      if (fields.getFirst().equals("encoding")) {
        encodings.add(
            new SingleByteEncoding(
                fields.get(1), DataFiles.characters(fields.subList(2, fields.size()))));
      }
    }
    return List.copyOf(encodings);
  }

  static SingleByteEncoding named(String name) {
    return ALL.stream().filter(e -> e.name.equals(name)).findFirst().orElseThrow();
  }

  String name() {
    return name;
  }

  boolean isSloppy() {
    return name.startsWith("sloppy-");
  }

  /** The characters of the bytes from one number to before another, both in the upper half. */
  String decodeUpper(int from, int to) {
    return upper.substring(from - UPPER, to - UPPER);
  }

  /** The bytes of a text, or empty if it has a character that the encoding lacks. */
  Optional<byte[]> encode(String text) {
    byte[] encoded = new byte[text.length()];
    for (int i = 0; i < encoded.length; i++) {
      char c = text.charAt(i);
      if (c < UPPER && !(c == SUBSTITUTE && isSloppy())) {
        encoded[i] = (byte) c;
      } else {
        Byte value = bytes.get(c);
        if (value == null) {
          return Optional.empty();
        }
        encoded[i] = value;
      }
    }
    return Optional.of(encoded);
  }
}
