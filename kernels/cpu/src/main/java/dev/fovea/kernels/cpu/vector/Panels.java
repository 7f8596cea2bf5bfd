package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.StoredValues;

/**
 * A matrix [columns, depth] transposed into panels of {@link Tiles#PANEL} columns, as {@link Tiles}
 * read their right matrix. Missing columns of the last panels are zeros; there is an even number of
 * panels, as a tile takes two.
 *
 * <p>One format for every width of vectors, and for both sides of a product: a panel is also 16
 * rows of a left matrix in column order, which is how convolutions read their weights.
 *
 * @param data the panels, from {@code offset} on
 * @param outFeatures columns of the product
 * @param inFeatures depth of the product
 */
record Panels(float[] data, int offset, int outFeatures, int inFeatures) implements PackedWeight {
  /** Puts the first element of a large array, whose header takes 16 bytes, on a cache line. */
  private static final int ALIGNMENT = 12;

  private static final double NANOS_PER_ELEMENT = 1;

  static Panels of(Cpu cpu, Parameter weight) {
    int columns = weight.shape().dim(0);
    long depth = columns == 0 ? 0 : weight.shape().elementCount() / columns;
    long size = ALIGNMENT + groups(columns) * depth * Tiles.WIDTH;
    if (size > Integer.MAX_VALUE - 8) {
      throw new BadInputException(
          "weight %s is too large to be packed: %d elements, at most %d"
              .formatted(weight, size, Integer.MAX_VALUE - 8));
    }
    int k = Math.toIntExact(depth);
    Panels panels = new Panels(new float[(int) size], ALIGNMENT, columns, k);
    cpu.forRanges(
        Math.ceilDiv(columns, Tiles.PANEL),
        NANOS_PER_ELEMENT * columns * depth,
        (first, end, scratch) -> {
          float[] rows = scratch.floats(Scratch.Buffer.PANELS, Tiles.PANEL * k);
          for (int panel = first; panel < end; panel++) {
            int column = panel * Tiles.PANEL;
            int count = Math.min(Tiles.PANEL, columns - column);
            StoredValues.toFloats(weight.storage(), (long) column * k, rows, 0, count * k);
            transpose(rows, 0, k, count, k, panels.data, panels.start(panel));
          }
        });
    return panels;
  }

  /** Pairs of panels: how many tiles lie side by side. */
  static int groups(int columns) {
    return Math.ceilDiv(columns, Tiles.WIDTH);
  }

  int groups() {
    return groups(outFeatures);
  }

  /** Where a panel begins. */
  int start(int panel) {
    return offset + panel * inFeatures * Tiles.PANEL;
  }

  /** From one panel to the next. */
  int panelStep() {
    return inFeatures * Tiles.PANEL;
  }

  @Override
  public long byteSize() {
    return 4L * data.length;
  }

  /** Writes rows as the columns of one panel. */
  static void transpose(
      float[] rows, int r0, int rowStep, int count, int depth, float[] panel, int p0) {
    for (int j = 0; j < count; j++) {
      Loops.copy(rows, r0 + j * rowStep, 1, panel, p0 + j, Tiles.PANEL, depth);
    }
  }

  /** Like {@link #transpose}, with zeros in the columns from count on. */
  static void transposePadded(
      float[] rows, int r0, int rowStep, int count, int depth, float[] panel, int p0) {
    transpose(rows, r0, rowStep, count, depth, panel, p0);
    for (int k = 0; count < Tiles.PANEL && k < depth; k++) {
      java.util.Arrays.fill(panel, p0 + k * Tiles.PANEL + count, p0 + (k + 1) * Tiles.PANEL, 0);
    }
  }
}
