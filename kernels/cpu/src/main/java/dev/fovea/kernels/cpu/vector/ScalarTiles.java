package dev.fovea.kernels.cpu.vector;

/** Tiles in scalar code: slower than vectors, but fast from the first millisecond on. */
final class ScalarTiles implements Tiles {
  private static final int BLOCK = 4;
  private static final int MOST_ROWS = 8;

  @Override
  public int mostByRows() {
    return MOST_ROWS;
  }

  @Override
  public int mostByColumns() {
    return MOST_ROWS;
  }

  @Override
  public TileShape bestShape() {
    return new TileShape(false, MOST_ROWS);
  }

  @Override
  public void byRows(
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
      boolean first) {
    tile(rows, depth, a, a0, aStep, 1, b, b0, c, c0, cRow, first);
    tile(rows, depth, a, a0, aStep, 1, b, b0 + bPanel, c, c0 + cPanel, cRow, first);
  }

  @Override
  public void byColumns(
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
      boolean first) {
    tile(rows, depth, a, a0, 1, aStep, b, b0, c, c0, cRow, first);
    tile(rows, depth, a, a0, 1, aStep, b, b0 + bPanel, c, c0 + cPanel, cRow, first);
  }

  /** One panel; a[i, k] is at {@code a0 + i * aRow + k * aColumn}. */
  private static void tile(
      int rows,
      int depth,
      float[] a,
      int a0,
      int aRow,
      int aColumn,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int cRow,
      boolean first) {
    for (int j = 0; j < PANEL; j += BLOCK) {
      int i = 0;
      for (; i + BLOCK <= rows; i += BLOCK) {
        block(depth, a, a0 + i * aRow, aRow, aColumn, b, b0 + j, c, c0 + i * cRow + j, cRow, first);
      }
      for (; i < rows; i++) {
        row(depth, a, a0 + i * aRow, aColumn, b, b0 + j, c, c0 + i * cRow + j, first);
      }
    }
  }

  /** 4 x 4 results. */
  private static void block(
      int depth,
      float[] a,
      int a0,
      int aRow,
      int aColumn,
      float[] b,
      int b0,
      float[] c,
      int c0,
      int cRow,
      boolean first) {
    int c1 = c0 + cRow;
    int c2 = c1 + cRow;
    int c3 = c2 + cRow;
    float s00 = first ? 0 : c[c0];
    float s01 = first ? 0 : c[c0 + 1];
    float s02 = first ? 0 : c[c0 + 2];
    float s03 = first ? 0 : c[c0 + 3];
    float s10 = first ? 0 : c[c1];
    float s11 = first ? 0 : c[c1 + 1];
    float s12 = first ? 0 : c[c1 + 2];
    float s13 = first ? 0 : c[c1 + 3];
    float s20 = first ? 0 : c[c2];
    float s21 = first ? 0 : c[c2 + 1];
    float s22 = first ? 0 : c[c2 + 2];
    float s23 = first ? 0 : c[c2 + 3];
    float s30 = first ? 0 : c[c3];
    float s31 = first ? 0 : c[c3 + 1];
    float s32 = first ? 0 : c[c3 + 2];
    float s33 = first ? 0 : c[c3 + 3];
    for (int k = 0; k < depth; k++) {
      int at = a0 + k * aColumn;
      float x0 = a[at];
      float x1 = a[at + aRow];
      float x2 = a[at + 2 * aRow];
      float x3 = a[at + 3 * aRow];
      int bt = b0 + k * PANEL;
      float y0 = b[bt];
      float y1 = b[bt + 1];
      float y2 = b[bt + 2];
      float y3 = b[bt + 3];
      s00 = Math.fma(x0, y0, s00);
      s01 = Math.fma(x0, y1, s01);
      s02 = Math.fma(x0, y2, s02);
      s03 = Math.fma(x0, y3, s03);
      s10 = Math.fma(x1, y0, s10);
      s11 = Math.fma(x1, y1, s11);
      s12 = Math.fma(x1, y2, s12);
      s13 = Math.fma(x1, y3, s13);
      s20 = Math.fma(x2, y0, s20);
      s21 = Math.fma(x2, y1, s21);
      s22 = Math.fma(x2, y2, s22);
      s23 = Math.fma(x2, y3, s23);
      s30 = Math.fma(x3, y0, s30);
      s31 = Math.fma(x3, y1, s31);
      s32 = Math.fma(x3, y2, s32);
      s33 = Math.fma(x3, y3, s33);
    }
    c[c0] = s00;
    c[c0 + 1] = s01;
    c[c0 + 2] = s02;
    c[c0 + 3] = s03;
    c[c1] = s10;
    c[c1 + 1] = s11;
    c[c1 + 2] = s12;
    c[c1 + 3] = s13;
    c[c2] = s20;
    c[c2 + 1] = s21;
    c[c2 + 2] = s22;
    c[c2 + 3] = s23;
    c[c3] = s30;
    c[c3 + 1] = s31;
    c[c3 + 2] = s32;
    c[c3 + 3] = s33;
  }

  /** 1 x 4 results. */
  private static void row(
      int depth,
      float[] a,
      int a0,
      int aColumn,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean first) {
    float s0 = first ? 0 : c[c0];
    float s1 = first ? 0 : c[c0 + 1];
    float s2 = first ? 0 : c[c0 + 2];
    float s3 = first ? 0 : c[c0 + 3];
    for (int k = 0; k < depth; k++) {
      float x = a[a0 + k * aColumn];
      int bt = b0 + k * PANEL;
      s0 = Math.fma(x, b[bt], s0);
      s1 = Math.fma(x, b[bt + 1], s1);
      s2 = Math.fma(x, b[bt + 2], s2);
      s3 = Math.fma(x, b[bt + 3], s3);
    }
    c[c0] = s0;
    c[c0 + 1] = s1;
    c[c0 + 2] = s2;
    c[c0 + 3] = s3;
  }
}
