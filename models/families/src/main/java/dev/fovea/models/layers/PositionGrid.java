package dev.fovea.models.layers;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;

/**
 * Learned positions for the patches of a square picture, behind those of special tokens. For
 * pictures of another size the grid is resized (ViT, section 3.2), as {@code
 * interpolate_pos_encoding} of transformers does.
 *
 * @param weight [..., numSpecialTokens + side * side, hidden]
 * @param side patches along one side of the picture that the model was trained on
 */
public record PositionGrid(Parameter weight, int numSpecialTokens, int side, Resize resize) {
  /** How a grid is resized; both bicubic. */
  public enum Resize {
    /** As PyTorch's interpolate by default (a = -0.75, no antialiasing). */
    PLAIN,
    /** With antialiasing (a = -0.5, as Pillow). */
    ANTIALIASED
  }

  /**
   * Positions for a picture.
   *
   * @param rows patches from top to bottom
   * @param columns patches from left to right
   * @return [numSpecialTokens + rows * columns, hidden]
   */
  public Tensor forward(Session session, int rows, int columns) {
    Tensor positions = session.weight(weight);
    Tensor table = positions.reshape(positions.dim(-2), positions.dim(-1));
    if (rows == side && columns == side) {
      return table;
    }
    int hidden = table.dim(1);
    Tensor grid =
        table
            .narrow(0, numSpecialTokens, side * side)
            .reshape(1, side, side, hidden)
            .permute(0, 3, 1, 2);
    Tensor resized =
        switch (resize) {
          case PLAIN ->
              grid.interpolateBicubic(rows, columns, (double) side / rows, (double) side / columns);
          case ANTIALIASED -> AntialiasedBicubic.resize(grid, rows, columns);
        };
    return Tensor.concat(
        0,
        table.narrow(0, 0, numSpecialTokens),
        resized.permute(0, 2, 3, 1).reshape(rows * columns, hidden));
  }
}
