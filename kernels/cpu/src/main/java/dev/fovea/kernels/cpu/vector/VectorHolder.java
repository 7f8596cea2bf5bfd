package dev.fovea.kernels.cpu.vector;

import jdk.incubator.vector.FloatVector;

/** The kernels of this machine's vector width. Touching it loads the Vector API. */
final class VectorHolder {
  static final Functions FUNCTIONS = new VectorFunctions();

  static final VectorTiles TILES =
      switch (FloatVector.SPECIES_PREFERRED.vectorBitSize()) {
        case 512 -> new Tiles512();
        case 256 -> new Tiles256();
        default -> new Tiles128();
      };

  private VectorHolder() {}
}
