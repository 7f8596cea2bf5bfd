package dev.fovea.kernels.cpu.vector;

/**
 * A way to run a large product on {@link Tiles}.
 *
 * @param byColumns whether the left matrix is first brought into the order that {@link
 *     Tiles#byColumns} reads
 * @param rows the most rows of a tile
 */
record TileShape(boolean byColumns, int rows) {
  @Override
  public String toString() {
    return "%dx%d %s".formatted(rows, Tiles.WIDTH, byColumns ? "by columns" : "by rows");
  }
}
