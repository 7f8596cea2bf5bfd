package dev.fovea.kernels.cpu.vector;

/**
 * Tiles of matrix products: c[i, j] = (first ? 0 : c[i, j]) + sum over k of a[i, k] * b[k, j], for
 * a few rows i and the {@value #WIDTH} columns j of two neighbouring panels. Terms are added in the
 * order of k with one fused multiply-add each, so every implementation gives the same bits.
 *
 * <p>A panel holds {@value #PANEL} columns of b, one step of k after the other. Element (k, j) of
 * panel p is at {@code b0 + p * bPanel + k * PANEL + j}; element (i, j) of the result is at {@code
 * c0 + i * cRow + p * cPanel + j}, so that the two halves of the tile may lie apart.
 */
interface Tiles {
  /** Columns of a panel. */
  int PANEL = 16;

  /** Columns of a tile: two panels. */
  int WIDTH = 32;

  /** The most rows of {@link #byRows}. */
  int mostByRows();

  /** The most rows of {@link #byColumns}. */
  int mostByColumns();

  /** How to run a large product. */
  TileShape bestShape();

  /** The left matrix lies row by row: a[i, k] is at {@code a0 + i * aStep + k}. */
  void byRows(
      int rows,
      int depth,
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int b0,
      int bPanel,
      float[] c,
      int c0,
      int cRow,
      int cPanel,
      boolean first);

  /** The left matrix lies column by column: a[i, k] is at {@code a0 + k * aStep + i}. */
  void byColumns(
      int rows,
      int depth,
      float[] a,
      int a0,
      int aStep,
      float[] b,
      int b0,
      int bPanel,
      float[] c,
      int c0,
      int cRow,
      int cPanel,
      boolean first);
}
