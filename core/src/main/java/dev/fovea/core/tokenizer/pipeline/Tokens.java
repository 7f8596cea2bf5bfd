package dev.fovea.core.tokenizer.pipeline;

import java.util.Arrays;
import java.util.List;

/**
 * Ids with their segment numbers.
 *
 * @param ids token ids
 * @param typeIds of the same length
 */
public record Tokens(int[] ids, int[] typeIds) {
  /** Tokens of one segment. */
  public static Tokens of(int[] ids, int typeId) {
    int[] typeIds = new int[ids.length];
    Arrays.fill(typeIds, typeId);
    return new Tokens(ids, typeIds);
  }

  public int length() {
    return ids.length;
  }

  Tokens withTypeId(int typeId) {
    return of(ids, typeId);
  }

  public static Tokens concat(List<Tokens> parts) {
    Ints ids = new Ints();
    Ints typeIds = new Ints();
    for (Tokens part : parts) {
      ids.addAll(part.ids);
      typeIds.addAll(part.typeIds);
    }
    return new Tokens(ids.toArray(), typeIds.toArray());
  }

  /** The first or last tokens. */
  public Tokens keep(int length, boolean first) {
    int from = first ? 0 : ids.length - length;
    return new Tokens(
        Arrays.copyOfRange(ids, from, from + length),
        Arrays.copyOfRange(typeIds, from, from + length));
  }
}
