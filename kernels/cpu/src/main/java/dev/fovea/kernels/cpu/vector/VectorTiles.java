package dev.fovea.kernels.cpu.vector;

import java.util.List;

/** Tiles in the Vector API; the build generates one class per vector width. */
interface VectorTiles extends Tiles {
  /** The width of a vector. */
  int bits();

  /** The shapes that are worth a trial for large products, the likeliest first. */
  List<TileShape> candidates();

  @Override
  default TileShape bestShape() {
    return candidates().getFirst();
  }
}
