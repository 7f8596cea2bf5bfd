package dev.fovea.core.tokenizer.pipeline;

import java.util.Arrays;

/** A growing list of ints. */
public final class Ints {
  private int[] values = new int[16];
  private int size;

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  public void addAll(int[] more) {
    if (more.length > values.length - size) {
      values = Arrays.copyOf(values, Math.max(size * 2, Math.addExact(size, more.length)));
    }
    System.arraycopy(more, 0, values, size, more.length);
    size += more.length;
  }

  public int size() {
    return size;
  }

  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
