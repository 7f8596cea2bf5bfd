package dev.fovea.kernels.cpu.vector;

/** The kernels that operations run on. All choices give the same bits. */
record Kernels(Tiles tiles, Functions functions) {
  /** Scalar code only. */
  static Kernels scalar() {
    return new Kernels(new ScalarTiles(), new ScalarFunctions());
  }

  /** Vector code only, slow until it is compiled. */
  static Kernels vector() {
    return new Kernels(VectorHolder.TILES, VectorHolder.FUNCTIONS);
  }

  /** Scalar code that is replaced by vector code as soon as that pays. */
  static Kernels adaptive() {
    return new Kernels(AdaptiveTiles.SHARED, AdaptiveFunctions.SHARED);
  }
}
