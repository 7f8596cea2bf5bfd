package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tokens and their ids; ids may have gaps. */
public final class Vocabulary {
  /** The highest id that is believed. */
  public static final int HIGHEST_ID = (1 << 24) - 1;

  private final Map<String, Integer> ids;
  private final int[] sortedIds;
  private final String[] tokens;

  /**
   * Checks and indexes a vocabulary.
   *
   * @param source what to call it in an error
   * @throws BadInputException if two tokens share an id, an id is out of range, or a token is not
   *     valid Unicode
   */
  public Vocabulary(Map<String, Integer> ids, String source) {
    this.ids = new HashMap<>(ids);
    long[] order = new long[ids.size()];
    String[] names = new String[ids.size()];
    int count = 0;
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      int id = entry.getValue();
      checkId(entry.getKey(), id, source);
      if (!Characters.isWellFormed(entry.getKey())) {
        throw new BadInputException(
            "%s: the token with id %d has half a surrogate pair".formatted(source, id));
      }
      names[count] = entry.getKey();
      order[count] = (long) id << 32 | count;
      count++;
    }
    Arrays.sort(order);
    sortedIds = new int[count];
    tokens = new String[count];
    for (int i = 0; i < count; i++) {
      sortedIds[i] = (int) (order[i] >>> 32);
      tokens[i] = names[(int) order[i]];
      if (i > 0 && sortedIds[i] == sortedIds[i - 1]) {
        throw new BadInputException(
            "%s: tokens '%s' and '%s' have the same id %d"
                .formatted(source, tokens[i - 1], tokens[i], sortedIds[i]));
      }
    }
  }

  /** Refuses an id that no vocabulary has. */
  static void checkId(String token, long id, String source) {
    if (id < 0 || id > HIGHEST_ID) {
      throw new BadInputException(
          "%s: token '%s' has id %d, expected 0 to %d".formatted(source, token, id, HIGHEST_ID));
    }
  }

  public OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The id of a token, or -1. */
  int idOrMinus1(String token) {
    Integer id = ids.get(token);
    return id == null ? -1 : id;
  }

  public Optional<String> token(int id) {
    int at = Arrays.binarySearch(sortedIds, id);
    return at < 0 ? Optional.empty() : Optional.of(tokens[at]);
  }

  public int size() {
    return tokens.length;
  }

  /** The highest id, or -1 in an empty vocabulary. */
  public int highestId() {
    return sortedIds.length == 0 ? -1 : sortedIds[sortedIds.length - 1];
  }

  /** Takes a token and its id. */
  interface Entry {
    void accept(String token, int id);
  }

  /** Calls the consumer for every token, by rising ids. */
  void forEach(Entry consumer) {
    for (int i = 0; i < tokens.length; i++) {
      consumer.accept(tokens[i], sortedIds[i]);
    }
  }
}
