package dev.fovea.kernels.cpu.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * A generated kernel by name, for tools that look at its machine code.
 *
 * @param bits the width of its vectors
 * @param byColumns the order of its left matrix
 * @param rows rows of its tile
 */
public record GeneratedTile(int bits, boolean byColumns, int rows) {
  /** Every kernel of one width that the backend may choose. */
  public static List<GeneratedTile> all(int bits) {
    VectorTiles tiles = tiles(bits);
    List<GeneratedTile> all = new ArrayList<>();
    for (int rows = 1; rows <= tiles.mostByRows(); rows++) {
      all.add(new GeneratedTile(bits, false, rows));
    }
    for (int rows = 1; rows <= tiles.mostByColumns(); rows++) {
      all.add(new GeneratedTile(bits, true, rows));
    }
    return all;
  }

  /** The class that holds it. */
  public String className() {
    return tiles(bits).getClass().getName();
  }

  /** Its method there. */
  public String method() {
    return (byColumns ? "byColumns" : "byRows") + rows;
  }

  /** Runs it again and again; returns the best rate of ten parts, in GFLOP/s. */
  public double run(int depth, int repetitions) {
    TileTrial trial = new TileTrial(new TileShape(byColumns, rows), depth);
    VectorTiles tiles = tiles(bits);
    double best = 0;
    for (int part = 0; part < 10; part++) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions / 10; i++) {
        trial.run(tiles);
      }
      double nanos = System.nanoTime() - start;
      best = Math.max(best, trial.flops() * (repetitions / 10) / nanos);
    }
    return best;
  }

  private static VectorTiles tiles(int bits) {
    return switch (bits) {
      case 512 -> new Tiles512();
      case 256 -> new Tiles256();
      case 128 -> new Tiles128();
      default -> throw new IllegalArgumentException("no kernels of %d bits".formatted(bits));
    };
  }
}
