package dev.fovea.models.clip;

import dev.fovea.core.tensor.Indices;
import java.util.Arrays;

/** Which token's state stands for a text. */
public sealed interface TextPooling {
  /** The position to read in every row. */
  int[] positions(Indices ids);

  /**
   * The rule of transformers: old configurations say 2 whatever the vocabulary, and mean the
   * highest id; others name the end token.
   */
  static TextPooling byEosTokenId(int eosTokenId) {
    return eosTokenId == 2 ? new HighestId() : new FirstOf(eosTokenId);
  }

  /** The first position of the highest id, which in CLIP's vocabulary is the end token. */
  record HighestId() implements TextPooling {
    @Override
    public int[] positions(Indices ids) {
      int[] positions = new int[ids.batch()];
      for (int i = 0; i < ids.batch(); i++) {
        for (int j = 1; j < ids.length(); j++) {
          if (ids.get(i, j) > ids.get(i, positions[i])) {
            positions[i] = j;
          }
        }
      }
      return positions;
    }
  }

  /** The first position of a token; 0 where it is missing, as in the reference. */
  record FirstOf(int tokenId) implements TextPooling {
    @Override
    public int[] positions(Indices ids) {
      int[] positions = new int[ids.batch()];
      for (int i = 0; i < ids.batch(); i++) {
        int j = 0;
        while (j < ids.length() && ids.get(i, j) != tokenId) {
          j++;
        }
        positions[i] = j < ids.length() ? j : 0;
      }
      return positions;
    }
  }

  /** The first position. */
  record First() implements TextPooling {
    @Override
    public int[] positions(Indices ids) {
      return new int[ids.batch()];
    }
  }

  /** The last position, padding or not. */
  record Last() implements TextPooling {
    @Override
    public int[] positions(Indices ids) {
      int[] positions = new int[ids.batch()];
      Arrays.fill(positions, ids.length() - 1);
      return positions;
    }
  }
}
