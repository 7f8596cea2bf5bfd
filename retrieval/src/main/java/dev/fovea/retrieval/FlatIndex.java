package dev.fovea.retrieval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Exact search: every vector is compared with the query. The yardstick for every other index, and
 * enough for some ten thousand vectors. Not thread-safe while vectors are added.
 */
public final class FlatIndex {
  /** Equal scores come in the order of adding, so that results do not depend on the heap. */
  private static final Comparator<Hit> BEST_FIRST =
      Comparator.comparingDouble((Hit hit) -> -hit.score()).thenComparingInt(Hit::id);

  private final int dimension;
  private final Metric metric;
  private float[] vectors = new float[0];
  private int size;

  /**
   * An empty index.
   *
   * @param dimension the length of the vectors
   */
  public FlatIndex(int dimension, Metric metric) {
    if (dimension < 1) {
      throw new IllegalArgumentException("dimension must be at least 1, not " + dimension);
    }
    this.dimension = dimension;
    this.metric = metric;
  }

  /** Adds a vector; returns its id. */
  public int add(float[] vector) {
    check(vector);
    int needed = Math.multiplyExact(size + 1, dimension);
    if (needed > vectors.length) {
      vectors = Arrays.copyOf(vectors, Math.max(needed, (int) Math.min(2L * needed, 1 << 30)));
    }
    System.arraycopy(vector, 0, vectors, size * dimension, dimension);
    return size++;
  }

  /** The number of vectors. */
  public int size() {
    return size;
  }

  /**
   * The nearest vectors, best first; fewer than {@code k} if the index holds fewer.
   *
   * @throws IllegalArgumentException if k is negative, or the query has another length or a value
   *     that is not a number
   */
  public List<Hit> search(float[] query, int k) {
    check(query);
    if (k < 0) {
      throw new IllegalArgumentException("k must not be negative: " + k);
    }
    PriorityQueue<Hit> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());
    for (int id = 0; id < size && k > 0; id++) {
      Hit hit = new Hit(id, metric.score(query, vectors, id * dimension));
      if (worstFirst.size() < k) {
        worstFirst.add(hit);
      } else if (BEST_FIRST.compare(hit, worstFirst.element()) < 0) {
        worstFirst.remove();
        worstFirst.add(hit);
      }
    }
    List<Hit> hits = new ArrayList<>(worstFirst);
    hits.sort(BEST_FIRST);
    return List.copyOf(hits);
  }

  private void check(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "a vector of %d values in an index of %d dimensions".formatted(vector.length, dimension));
    }
    for (float value : vector) {
      if (Float.isNaN(value)) {
        throw new IllegalArgumentException("a vector holds a value that is not a number");
      }
    }
  }
}
