package dev.fovea.core.tokenizer.regex;

import java.util.Arrays;

/** The ways that a match has not taken yet, and what taking them undoes. */
final class BackStack {
  private static final int FIELDS = 3;

  private int[] entries = new int[16 * FIELDS];
  private int size;

  /** Another way from a place on. */
  void pushWay(int address, int place) {
    push(address, place, place);
  }

  /** A run that may be given back character by character. */
  void pushRun(int address, int highest, int lowest) {
    if (highest > lowest) {
      push(address, highest, lowest);
    }
  }

  /** The value that a slot had. */
  void pushSlot(int slot, int value) {
    push(-1 - slot, value, 0);
  }

  private void push(int first, int second, int third) {
    if (size == entries.length) {
      entries = Arrays.copyOf(entries, entries.length * 2);
    }
    entries[size++] = first;
    entries[size++] = second;
    entries[size++] = third;
  }

  /**
   * Takes the latest way.
   *
   * @param slots gets the values back that they had
   * @return the address in the upper half and the place in the lower, or -1 if there is none
   */
  long pop(String text, int[] slots) {
    while (size > 0) {
      int top = size - FIELDS;
      int address = entries[top];
      if (address < 0) {
        slots[-1 - address] = entries[top + 1];
        size = top;
        continue;
      }
      int place = entries[top + 1];
      int lowest = entries[top + 2];
      if (place > lowest) {
        place = text.offsetByCodePoints(place, -1);
        entries[top + 1] = place;
      }
      if (place == lowest) {
        size = top;
      }
      return (long) address << 32 | place;
    }
    return -1;
  }
}
