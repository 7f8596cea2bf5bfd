package dev.fovea.kernels.cpu.vector;

/** One tile of a product, on arrays of its own. */
final class TileTrial {
  private final TileShape shape;
  private final int depth;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private boolean first;

  TileTrial(TileShape shape, int depth) {
    this.shape = shape;
    this.depth = depth;
    this.a = new float[shape.rows() * depth];
    this.b = new float[Tiles.WIDTH * depth];
    this.c = new float[shape.rows() * Tiles.WIDTH];
  }

  /** Multiplications and additions of one run. */
  double flops() {
    return 2.0 * shape.rows() * Tiles.WIDTH * depth;
  }

  /** Begins sums from zero and goes on with them in turn, so that both ways are compiled. */
  void run(Tiles tiles) {
    first = !first;
    int rows = shape.rows();
    int panel = Tiles.PANEL * depth;
    if (shape.byColumns()) {
      tiles.byColumns(rows, depth, a, 0, rows, b, 0, panel, c, 0, Tiles.WIDTH, Tiles.PANEL, first);
    } else {
      tiles.byRows(rows, depth, a, 0, depth, b, 0, panel, c, 0, Tiles.WIDTH, Tiles.PANEL, first);
    }
  }
}
