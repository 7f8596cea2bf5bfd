package dev.fovea.core.tokenizer.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;

/** A set of characters; ASCII is looked up in a table. */
final class CharacterSet {
  private static final int ASCII = 128;

  private final long lower;
  private final long upper;
  private final IntPredicate members;

  private CharacterSet(IntPredicate members) {
    this.members = members;
    long low = 0;
    long high = 0;
    for (int c = 0; c < ASCII; c++) {
      if (members.test(c)) {
        if (c < 64) {
          low |= 1L << c;
        } else {
          high |= 1L << (c - 64);
        }
      }
    }
    lower = low;
    upper = high;
  }

  static CharacterSet of(IntPredicate members) {
    return new CharacterSet(members);
  }

  static CharacterSet single(int character) {
    return of(c -> c == character);
  }

  static CharacterSet range(int first, int last) {
    return of(c -> c >= first && c <= last);
  }

  boolean contains(int c) {
    if (c < ASCII) {
      return ((c < 64 ? lower >>> c : upper >>> (c - 64)) & 1) != 0;
    }
    return members.test(c);
  }

  CharacterSet negated() {
    return of(c -> !contains(c));
  }

  CharacterSet or(CharacterSet other) {
    return of(c -> contains(c) || other.contains(c));
  }

  /**
   * Everything in one of the ranges or the sets.
   *
   * @param ranges first and last character each
   */
  static CharacterSet union(List<int[]> ranges, List<CharacterSet> sets) {
    List<int[]> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingInt(range -> range[0]));
    int[] first = new int[sorted.size()];
    int[] last = new int[sorted.size()];
    int count = 0;
    for (int[] range : sorted) {
      if (count > 0 && range[0] <= last[count - 1] + 1) {
        last[count - 1] = Math.max(last[count - 1], range[1]);
      } else {
        first[count] = range[0];
        last[count++] = range[1];
      }
    }
    int distinct = count;
    CharacterSet[] others = sets.toArray(CharacterSet[]::new);
    return of(
        c -> {
          int at = Arrays.binarySearch(first, 0, distinct, c);
          if (at >= 0 || (at < -1 && c <= last[-at - 2])) {
            return true;
          }
          for (CharacterSet other : others) {
            if (other.contains(c)) {
              return true;
            }
          }
          return false;
        });
  }

  CharacterSet and(CharacterSet other) {
    return of(c -> contains(c) && other.contains(c));
  }

  /** Every character that equals a member but for its case. */
  CharacterSet ignoringCase() {
    return of(
        c -> {
          int upperCase = Character.toUpperCase(c);
          return contains(c)
              || contains(upperCase)
              || contains(Character.toLowerCase(c))
              || contains(Character.toLowerCase(upperCase))
              || contains(Character.toTitleCase(c));
        });
  }
}
