package dev.fovea.core.backend;

import dev.fovea.core.tensor.DType;

/**
 * How to open a backend.
 *
 * @param threads threads that share one operation, the caller's included
 * @param computeType F32, or F64 where a backend offers it
 */
public record BackendOptions(int threads, DType computeType) {
  public BackendOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }

  /** F32 on as many threads as there are processors. */
  public static BackendOptions defaults() {
    return new BackendOptions(Runtime.getRuntime().availableProcessors(), DType.F32);
  }
}
