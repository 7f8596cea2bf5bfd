package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import java.util.List;

/** Which neighbours become one token, most urgent first. */
public final class Merges {
  /** A pair of tokens. */
  public record Pair(String left, String right) {
    /** A merge written as two tokens with a space between. */
    public static Pair parse(String line, String source) {
      int space = line.indexOf(' ');
      if (space <= 0 || space == line.length() - 1 || line.indexOf(' ', space + 1) >= 0) {
        throw new BadInputException(
            "%s: '%s' is not two tokens with a space between".formatted(source, line));
      }
      return new Pair(line.substring(0, space), line.substring(space + 1));
    }
  }

  private final LongIntMap ranks;
  private final int[] merged;

  /**
   * Looks the pairs up.
   *
   * @param prefixLength how many characters the right token loses, because a continuing token
   *     carries a prefix
   * @throws BadInputException if a token or what a merge makes is not in the vocabulary
   */
  public Merges(List<Pair> pairs, Vocabulary vocabulary, int prefixLength, String source) {
    ranks = new LongIntMap(pairs.size());
    merged = new int[pairs.size()];
    for (int rank = 0; rank < merged.length; rank++) {
      Pair pair = pairs.get(rank);
      int left = known(pair.left, pair, rank, vocabulary, source);
      int right = known(pair.right, pair, rank, vocabulary, source);
      if (prefixLength > pair.right.length()) {
        throw new BadInputException(
            "%s: merge %d: '%s' is shorter than the prefix of continuing tokens"
                .formatted(source, rank, pair.right));
      }
      String joined = pair.left + pair.right.substring(prefixLength);
      merged[rank] = known(joined, pair, rank, vocabulary, source);
      ranks.put(key(left, right), rank);
    }
  }

  private static int known(
      String token, Pair pair, int rank, Vocabulary vocabulary, String source) {
    int id = vocabulary.idOrMinus1(token);
    if (id < 0) {
      throw new BadInputException(
          "%s: merge %d ('%s' with '%s') needs '%s', which is not in the vocabulary"
              .formatted(source, rank, pair.left, pair.right, token));
    }
    return id;
  }

  /** The rank of a pair of ids, or -1. */
  int rank(int left, int right) {
    return ranks.get(key(left, right));
  }

  /** The id that a merge makes. */
  int merged(int rank) {
    return merged[rank];
  }

  private static long key(int left, int right) {
    return (long) left << 32 | right;
  }
}
