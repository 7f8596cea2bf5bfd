package dev.fovea.models.layers;

import dev.fovea.core.tensor.Tensor;

/** Picks or averages tokens. */
public final class Pooling {
  private Pooling() {}

  /**
   * One token of every row.
   *
   * @param x [batch, tokens, hidden]
   * @param positions one position per row
   * @return [batch, hidden]
   */
  public static Tensor at(Tensor x, int[] positions) {
    Tensor[] rows = new Tensor[positions.length];
    for (int i = 0; i < positions.length; i++) {
      rows[i] = x.narrow(0, i, 1).select(1, positions[i]);
    }
    return Tensor.concat(0, rows);
  }

  /**
   * The mean of all tokens.
   *
   * @param x [batch, tokens, hidden]
   * @return [batch, hidden]
   */
  public static Tensor mean(Tensor x) {
    return x.permute(0, 2, 1).mean().select(2, 0);
  }
}
