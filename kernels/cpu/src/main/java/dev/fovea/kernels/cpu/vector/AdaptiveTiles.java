package dev.fovea.kernels.cpu.vector;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tiles that begin as scalar code. Each number of rows changes to vector code by itself; which
 * shape is best for large products is found by timing the candidates in this JVM, so that a shape
 * whose sums the compiler moved to the stack is not taken.
 */
final class AdaptiveTiles implements Tiles {
  static final AdaptiveTiles SHARED = new AdaptiveTiles(Warmup.SHARED);

  private static final int MOST_ROWS = 16;
  private static final int TRIAL_DEPTH = 32;
  private static final int TUNING_DEPTH = 256;
  private static final int TUNING_RUNS = 25;
  private static final double SCALAR_FLOPS_PER_NANO = 10;

  private final Warmup warmup;
  private final ScalarTiles scalar = new ScalarTiles();
  private final Warmup.Switch[] byRows = new Warmup.Switch[MOST_ROWS + 1];
  private final Warmup.Switch[] byColumns = new Warmup.Switch[MOST_ROWS + 1];
  private final AtomicBoolean tuning = new AtomicBoolean();
  private volatile boolean tuned;
  private volatile TileShape best = scalar.bestShape();

  private AdaptiveTiles(Warmup warmup) {
    this.warmup = warmup;
    for (int rows = 0; rows <= MOST_ROWS; rows++) {
      TileShape rowShape = new TileShape(false, rows);
      TileShape columnShape = new TileShape(true, rows);
      byRows[rows] = warmup.newSwitch(rowShape.toString(), () -> trial(rowShape, TRIAL_DEPTH));
      byColumns[rows] =
          warmup.newSwitch(columnShape.toString(), () -> trial(columnShape, TRIAL_DEPTH));
    }
  }

  @Override
  public int mostByRows() {
    return tuned ? VectorHolder.TILES.mostByRows() : scalar.mostByRows();
  }

  @Override
  public int mostByColumns() {
    return tuned ? VectorHolder.TILES.mostByColumns() : scalar.mostByColumns();
  }

  @Override
  public TileShape bestShape() {
    tuneIfWorthwhile();
    return best;
  }

  private void tuneIfWorthwhile() {
    if (warmup.isWorthwhile() && !tuning.get() && tuning.compareAndSet(false, true)) {
      warmup.submit(this::tune);
    }
  }

  private void tune() {
    double bestPace = Double.POSITIVE_INFINITY;
    TileShape fastest = best;
    for (TileShape shape : VectorHolder.TILES.candidates()) {
      Warmup.Switch kernel = (shape.byColumns() ? byColumns : byRows)[shape.rows()];
      warmup.bringUp(kernel);
      TileTrial trial = new TileTrial(shape, TUNING_DEPTH);
      double pace = Warmup.fastest(() -> trial.run(VectorHolder.TILES), TUNING_RUNS) / shape.rows();
      if (kernel.isHot() && pace < bestPace) {
        bestPace = pace;
        fastest = shape;
      }
    }
    if (bestPace < Double.POSITIVE_INFINITY) {
      best = fastest;
      tuned = true;
    }
  }

  private Warmup.Trial trial(TileShape shape, int depth) {
    TileTrial trial = new TileTrial(shape, depth);
    return new Warmup.Trial(() -> trial.run(VectorHolder.TILES), () -> trial.run(scalar));
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
    if (byRows[rows].isHot()) {
      VectorHolder.TILES.byRows(
          rows, depth, a, a0, aStep, b, b0, bPanel, c, c0, cRow, cPanel, first);
    } else {
      scalar.byRows(rows, depth, a, a0, aStep, b, b0, bPanel, c, c0, cRow, cPanel, first);
      ranScalar(byRows[rows], rows, depth);
    }
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
    if (byColumns[rows].isHot()) {
      VectorHolder.TILES.byColumns(
          rows, depth, a, a0, aStep, b, b0, bPanel, c, c0, cRow, cPanel, first);
    } else {
      scalar.byColumns(rows, depth, a, a0, aStep, b, b0, bPanel, c, c0, cRow, cPanel, first);
      ranScalar(byColumns[rows], rows, depth);
    }
  }

  /** The candidates for large products are brought up first. */
  private void ranScalar(Warmup.Switch kernel, int rows, int depth) {
    tuneIfWorthwhile();
    kernel.ranScalar(2.0 * rows * WIDTH * depth / SCALAR_FLOPS_PER_NANO);
  }
}
