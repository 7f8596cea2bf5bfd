package dev.fovea.core.tokenizer.pipeline;

import java.util.Arrays;

/** Strings with a value each, found as prefixes of a text. */
final class CharTrie {
  static final int NONE = -1;
  static final int ROOT = 0;

  private final LongIntMap children = new LongIntMap(64);
  private int[] values = {NONE};
  private int nodes = 1;

  /** Adds a string; one that is there already takes the new value. */
  void put(String key, int value) {
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

  private static long edge(int node, char c) {
    return (long) node << 16 | c;
  }
}
