package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import java.util.Arrays;

/** Strings with a value each, found as prefixes of a text. */
final class CharTrie {
  private static final int LONGEST = 1024;

  static final int NONE = -1;
  static final int ROOT = 0;

  private final LongIntMap children = new LongIntMap(64);
  private int[] values = {NONE};
  private int nodes = 1;

  /**
   * Adds a string; one that is there already takes the new value.
   *
   * @throws BadInputException if it is so long that looking for it at every place of a text would
   *     take forever
   */
  void put(String key, int value) {
    if (key.length() > LONGEST) {
      throw new BadInputException(
          "the tokenizer has a token of %,d characters, expected at most %,d ('%s...')"
              .formatted(key.length(), LONGEST, key.substring(0, 20)));
    }
    int node = ROOT;
    for (int i = 0; i < key.length(); i++) {
      long edge = edge(node, key.charAt(i));
      int next = children.get(edge);
      if (next == LongIntMap.ABSENT) {
        next = nodes++;
        if (next == values.length) {
          values = Arrays.copyOf(values, next * 2);
        }
        values[next] = NONE;
        children.put(edge, next);
      }
      node = next;
    }
    values[node] = value;
  }

  /** The node behind one more character, or {@link #NONE}. */
  int step(int node, char c) {
    return children.get(edge(node, c));
  }

  /** The value of the string that ends at a node, or {@link #NONE}. */
  int value(int node) {
    return values[node];
  }

  /**
   * A string found in a text.
   *
   * @param end where it ends, or -1 if none was found
   * @param value its value, or {@link #NONE}
   */
  record Match(int end, int value) {}

  private static final Match NO_MATCH = new Match(-1, NONE);

  /** The longest string that begins at a place of a text. */
  Match longestMatch(String text, int start) {
    int end = -1;
    int value = NONE;
    int node = ROOT;
    for (int at = start; at < text.length(); ) {
      node = step(node, text.charAt(at++));
      if (node == NONE) {
        break;
      }
      if (values[node] != NONE) {
        end = at;
        value = values[node];
      }
    }
    return end < 0 ? NO_MATCH : new Match(end, value);
  }

  private static long edge(int node, char c) {
    return (long) node << 16 | c;
  }
}
