package dev.fovea.core.tokenizer.pipeline;

import java.util.Arrays;

/** A heap of candidate merges: lowest rank first, then leftmost. */
final class MergeQueue {
  private long[] heap;
  private int size;

  MergeQueue(int capacity) {
    heap = new long[Math.max(8, capacity)];
  }

  void add(int rank, int position) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    long entry = (long) rank << 32 | position;
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= entry) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = entry;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Removes the first entry: its rank in the upper half, its position in the lower. */
  long poll() {
    long first = heap[0];
    long last = heap[--size];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return first;
  }
}
