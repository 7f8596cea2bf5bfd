package dev.fovea.core.tensor;

/** Which keys a query may attend to. */
public sealed interface Mask {
  /** Whether query {@code query} of row {@code batch} may attend to key {@code key}. */
  boolean visible(int batch, int query, int key);

  /** The mask that hides nothing. */
  static Mask none() {
    return new None();
  }

  /** Query i attends to keys 0 to i + offset; offset counts keys that precede the first query. */
  static Mask causal(int offset) {
    return new Causal(offset);
  }

  /**
   * The mask that a tokenizer gives: 1 where there is a token, 0 where there is padding.
   *
   * @param tokens [batch, keys]
   * @param causal whether later keys are hidden too
   */
  static Mask padding(Indices tokens, boolean causal) {
    boolean full = true;
    for (int value : tokens.values()) {
      full &= value != 0;
    }
    if (full) {
      return causal ? new Causal(0) : new None();
    }
    return new Padding(tokens, causal);
  }

  /** Hides nothing. */
  record None() implements Mask {
    @Override
    public boolean visible(int batch, int query, int key) {
      return true;
    }
  }

  /** Hides later keys. */
  record Causal(int offset) implements Mask {
    @Override
    public boolean visible(int batch, int query, int key) {
      return key <= query + offset;
    }
  }

  /**
   * Hides padded keys, and later keys if causal. A query that sees no key at all gives zeros.
   *
   * @param tokens [batch, keys], 0 where a key is hidden
   */
  record Padding(Indices tokens, boolean causal) implements Mask {
    @Override
    public boolean visible(int batch, int query, int key) {
      return tokens.get(batch, key) != 0 && (!causal || key <= query);
    }
  }
}
