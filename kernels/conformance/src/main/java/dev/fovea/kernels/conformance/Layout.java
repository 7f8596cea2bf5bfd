package dev.fovea.kernels.conformance;

/** Ways in which a tensor can lie in memory. */
enum Layout {
  /** Row-major from the start. */
  CONTIGUOUS,
  /** Row-major from an odd position on. */
  SHIFTED,
  /** Gaps after each innermost vector and after each group of them. */
  GAPS,
  /** The outer dimensions in reverse order, as permuting heads and tokens makes it. */
  OUTER_REVERSED,
  /** All dimensions in reverse order; the innermost stride is not 1. Only copies take this. */
  REVERSED;

  private static final int SHIFT = 3;
  private static final int GAP = 5;

  int offset() {
    return this == CONTIGUOUS ? 0 : SHIFT;
  }

  int[] strides(int... dims) {
    int rank = dims.length;
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = 0; i < rank; i++) {
      int axis =
          switch (this) {
            case CONTIGUOUS, SHIFTED, GAPS -> rank - 1 - i;
            case OUTER_REVERSED -> i == 0 ? rank - 1 : i - 1;
            case REVERSED -> i;
          };
      strides[axis] = stride;
      stride *= Math.max(dims[axis], 1) + (this == GAPS ? GAP : 0);
    }
    return strides;
  }
}
