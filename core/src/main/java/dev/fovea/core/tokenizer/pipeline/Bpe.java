package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte pair encoding: a word starts as single characters, and neighbours are merged in the order of
 * the merge list (Sennrich et al. 2016, section 3.2).
 */
public final class Bpe implements TokenModel {
  /**
   * How characters become first symbols.
   *
   * @param unknown the token for characters that the vocabulary lacks; without one they are dropped
   * @param continuingPrefix what tokens within a word carry before them
   * @param endOfWordSuffix what the last token of a word carries behind it
   * @param fuseUnknown whether neighbouring unknown characters become one token
   * @param byteFallback whether an unknown character becomes tokens such as {@code <0x0A>}
   * @param ignoreMerges whether a word that is a token as it stands is taken so
   */
  public record Options(
      Optional<String> unknown,
      String continuingPrefix,
      String endOfWordSuffix,
      boolean fuseUnknown,
      boolean byteFallback,
      boolean ignoreMerges) {}

  private static final int CACHED_WORDS = 10_000;
  private static final int LONGEST_CACHED_WORD = 64;

  private final Vocabulary vocabulary;
  private final Merges merges;
  private final Options options;
  private final ByteTokens bytes;
  private final ConcurrentHashMap<String, int[]> cache = new ConcurrentHashMap<>();

  public Bpe(Vocabulary vocabulary, Merges merges, Options options) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    this.options = options;
    bytes = new ByteTokens(vocabulary);
  }

  /** What the last token of a word carries behind it; may be empty. */
  public String endOfWordSuffix() {
    return options.endOfWordSuffix;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void tokenize(String piece, Ints out) {
    if (piece.length() > LONGEST_CACHED_WORD) {
      out.addAll(encode(piece));
      return;
    }
    int[] ids = cache.get(piece);
    if (ids == null) {
      ids = encode(piece);
      if (cache.size() < CACHED_WORDS) {
        cache.put(piece, ids);
      }
    }
    out.addAll(ids);
  }

  private int[] encode(String word) {
    if (options.ignoreMerges) {
      int id = vocabulary.idOrMinus1(word);
      if (id >= 0) {
        return new int[] {id};
      }
    }
    return merge(symbols(word));
  }

  private int[] symbols(String word) {
    Ints symbols = new Ints();
    boolean unknownPending = false;
    for (int at = 0; at < word.length(); ) {
      int end = word.offsetByCodePoints(at, 1);
      String symbol = word.substring(at, end);
      if (at > 0) {
        symbol = options.continuingPrefix + symbol;
      }
      if (end == word.length()) {
        symbol += options.endOfWordSuffix;
      }
      at = end;
      int id = vocabulary.idOrMinus1(symbol);
      if (id >= 0) {
        if (unknownPending) {
          symbols.add(unknownId());
          unknownPending = false;
        }
        symbols.add(id);
      } else if (!(options.byteFallback && bytes.append(symbol, symbols))
          && options.unknown.isPresent()) {
        if (unknownPending && !options.fuseUnknown) {
          symbols.add(unknownId());
        }
        unknownPending = true;
      }
    }
    if (unknownPending) {
      symbols.add(unknownId());
    }
    return symbols.toArray();
  }

  private int unknownId() {
    String unknown = options.unknown.orElseThrow();
    int id = vocabulary.idOrMinus1(unknown);
    if (id < 0) {
      throw new BadInputException(
          "the tokenizer's unknown token '%s' is not in its vocabulary".formatted(unknown));
    }
    return id;
  }

  /** Merges in place: a list of symbols linked both ways, and a queue of candidates. */
  private int[] merge(int[] symbols) {
    int count = symbols.length;
    int[] next = new int[count];
    int[] previous = new int[count];
    MergeQueue queue = new MergeQueue(count);
    for (int i = 0; i < count; i++) {
      previous[i] = i - 1;
      next[i] = i + 1;
      offer(i, i + 1, symbols, queue);
    }
    while (!queue.isEmpty()) {
      long candidate = queue.poll();
      int left = (int) candidate;
      int right = symbols[left] < 0 ? count : next[left];
      if (right >= count) {
        continue;
      }
      int merged = merges.merged((int) (candidate >>> 32));
      int rank = merges.rank(symbols[left], symbols[right]);
      if (rank < 0 || merges.merged(rank) != merged) {
        continue;
      }
      symbols[left] = merged;
      symbols[right] = -1;
      next[left] = next[right];
      if (next[left] < count) {
        previous[next[left]] = left;
      }
      offer(previous[left], left, symbols, queue);
      offer(left, next[left], symbols, queue);
    }
    int kept = 0;
    int[] ids = new int[count];
    for (int i = 0; i < count; i = next[i]) {
      ids[kept++] = symbols[i];
    }
    return java.util.Arrays.copyOf(ids, kept);
  }

  private void offer(int left, int right, int[] symbols, MergeQueue queue) {
    if (left >= 0 && right < symbols.length) {
      int rank = merges.rank(symbols[left], symbols[right]);
      if (rank >= 0) {
        queue.add(rank, left);
      }
    }
  }
}
