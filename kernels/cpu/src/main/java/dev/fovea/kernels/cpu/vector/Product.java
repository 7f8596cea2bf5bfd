package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Storage;
import java.util.Arrays;

/**
 * activation(A · B + bias), with B in panels. The inner dimension is cut so that a pair of panels
 * stays in the second-level cache while it meets all rows of a block; the result collects its parts
 * in memory, in order.
 */
final class Product {
  /** Rows that meet one pair of panels before the next: their part of A stays in the cache. */
  private static final int BLOCK_ROWS = 240;

  private static final int BLOCK_DEPTH = 1024;

  /** Columns whose bias and activation are done at once, while they are in the cache. */
  private static final int EPILOGUE_GROUPS = 8;

  /** Fewer columns do not repay bringing A into column order. */
  private static final int COLUMNS_TO_PACK = 128;

  private static final double FLOPS_PER_NANO = 100;
  private static final double NANOS_PER_PACKED = 0.5;

  private final Cpu cpu;
  private final Tiles tiles;
  private final Matrix left;
  private final Panels right;
  private final Epilogue epilogue;
  private final float[] out;
  private final int out0;
  private final int outStep;
  private final int rowTiles;
  private final boolean byColumns;
  private final int depthBlocks;

  /**
   * Prepares a product.
   *
   * @param out the result, row by row from out0 on, outStep apart
   */
  Product(
      Cpu cpu, Matrix left, Panels right, Epilogue epilogue, float[] out, int out0, int outStep) {
    this.cpu = cpu;
    this.tiles = cpu.kernels().tiles();
    this.left = left;
    this.right = right;
    this.epilogue = epilogue;
    this.out = out;
    this.out0 = out0;
    this.outStep = outStep;
    TileShape best = tiles.bestShape();
    int mostByRows = tiles.mostByRows();
    this.byColumns =
        best.byColumns() && left.rows() > mostByRows && right.outFeatures() >= COLUMNS_TO_PACK;
    int most = byColumns || !best.byColumns() ? best.rows() : mostByRows;
    this.rowTiles = Math.ceilDiv(left.rows(), most);
    this.depthBlocks = Math.max(1, Math.ceilDiv(right.inFeatures(), BLOCK_DEPTH));
  }

  void run() {
    if (left.rows() == 0 || right.outFeatures() == 0) {
      return;
    }
    if (byColumns) {
      Storage packed = cpu.memory().allocate((long) left.rows() * left.columns());
      try {
        float[] columns = Rows.array(packed);
        pack(columns);
        multiply(columns);
      } finally {
        cpu.memory().recycle(packed);
      }
    } else {
      multiply(left.array());
    }
  }

  private int tileStart(int tile) {
    return Workers.start(left.rows(), rowTiles, tile);
  }

  private int depthStart(int block) {
    return Workers.start(right.inFeatures(), depthBlocks, block);
  }

  /** Brings the left matrix into column order, tile by tile within each part of the depth. */
  private void pack(float[] columns) {
    int rows = left.rows();
    cpu.forRanges(
        rowTiles,
        NANOS_PER_PACKED * rows * left.columns(),
        (first, end, scratch) -> {
          for (int block = 0; block < depthBlocks; block++) {
            int k0 = depthStart(block);
            int depth = depthStart(block + 1) - k0;
            for (int tile = first; tile < end; tile++) {
              int row = tileStart(tile);
              int count = tileStart(tile + 1) - row;
              int from = left.offset() + row * left.rowStep() + k0;
              for (int i = 0; i < count; i++) {
                Loops.copy(
                    left.array(),
                    from + i * left.rowStep(),
                    1,
                    columns,
                    rows * k0 + row * depth + i,
                    count,
                    depth);
              }
            }
          }
        });
  }

  private void multiply(float[] a) {
    int rowBlocks = Math.ceilDiv(left.rows(), BLOCK_ROWS);
    int groups = right.groups();
    double nanos = 2.0 * left.rows() * right.outFeatures() * right.inFeatures() / FLOPS_PER_NANO;
    int groupChunks = Math.ceilDiv(cpu.workers().chunks(groups * rowBlocks, nanos), rowBlocks);
    cpu.workers()
        .run(
            rowBlocks * groupChunks,
            (chunk, scratch) -> {
              int block = chunk / groupChunks;
              int part = chunk % groupChunks;
              block(
                  a,
                  Workers.start(rowTiles, rowBlocks, block),
                  Workers.start(rowTiles, rowBlocks, block + 1),
                  Workers.start(groups, groupChunks, part),
                  Workers.start(groups, groupChunks, part + 1),
                  scratch);
            });
  }

  private void block(
      float[] a, int firstTile, int endTile, int firstGroup, int endGroup, Scratch scratch) {
    int wholeGroups = right.outFeatures() / Tiles.WIDTH;
    int endWhole = Math.min(endGroup, wholeGroups);
    for (int from = firstGroup; from < endWhole; from += EPILOGUE_GROUPS) {
      int to = Math.min(from + EPILOGUE_GROUPS, endWhole);
      for (int block = 0; block < depthBlocks; block++) {
        for (int group = from; group < to; group++) {
          for (int tile = firstTile; tile < endTile; tile++) {
            tile(a, tile, group, block, out, outIndex(tileStart(tile), group), outStep);
          }
        }
      }
      int columns = (to - from) * Tiles.WIDTH;
      for (int row = tileStart(firstTile); row < tileStart(endTile); row++) {
        epilogue.apply(out, outIndex(row, from), from * Tiles.WIDTH, columns);
      }
    }
    if (endGroup > wholeGroups) {
      for (int tile = firstTile; tile < endTile; tile++) {
        partialTile(a, tile, wholeGroups, scratch);
      }
    }
  }

  private int outIndex(int row, int group) {
    return out0 + row * outStep + group * Tiles.WIDTH;
  }

  private void partialTile(float[] a, int tile, int group, Scratch scratch) {
    int first = tileStart(tile);
    int rows = tileStart(tile + 1) - first;
    int column = group * Tiles.WIDTH;
    int columns = right.outFeatures() - column;
    float[] whole = scratch.floats(Scratch.Buffer.TILE, rows * Tiles.WIDTH);
    for (int block = 0; block < depthBlocks; block++) {
      tile(a, tile, group, block, whole, 0, Tiles.WIDTH);
    }
    for (int i = 0; i < rows; i++) {
      int to = outIndex(first + i, group);
      System.arraycopy(whole, i * Tiles.WIDTH, out, to, columns);
      epilogue.apply(out, to, column, columns);
    }
  }

  private void tile(float[] a, int tile, int group, int block, float[] c, int c0, int cRow) {
    int row = tileStart(tile);
    int rows = tileStart(tile + 1) - row;
    int k0 = depthStart(block);
    int depth = depthStart(block + 1) - k0;
    int b0 = right.start(2 * group) + k0 * Tiles.PANEL;
    int bPanel = right.panelStep();
    boolean first = block == 0;
    if (depth == 0) {
      for (int i = 0; i < rows; i++) {
        Arrays.fill(c, c0 + i * cRow, c0 + i * cRow + Tiles.WIDTH, 0);
      }
    } else if (byColumns) {
      int a0 = left.rows() * k0 + row * depth;
      tiles.byColumns(
          rows, depth, a, a0, rows, right.data(), b0, bPanel, c, c0, cRow, Tiles.PANEL, first);
    } else {
      int a0 = left.offset() + row * left.rowStep() + k0;
      tiles.byRows(
          rows,
          depth,
          a,
          a0,
          left.rowStep(),
          right.data(),
          b0,
          bPanel,
          c,
          c0,
          cRow,
          Tiles.PANEL,
          first);
    }
  }

  /**
   * What happens to a stretch of a row of sums.
   *
   * @param bias one number per column, from bias0 on; empty if there is none
   */
  record Epilogue(Functions functions, float[] bias, int bias0, Activation activation) {
    void apply(float[] c, int c0, int column, int columns) {
      if (bias.length > 0) {
        Loops.add(c, c0, bias, bias0 + column, c, c0, columns);
      }
      if (activation != Activation.NONE) {
        functions.activate(activation, c, c0, c, c0, columns);
      }
    }
  }
}
