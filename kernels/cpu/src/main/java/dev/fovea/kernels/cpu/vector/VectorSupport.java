package dev.fovea.kernels.cpu.vector;

import java.util.Optional;
import jdk.incubator.vector.VectorShape;

/** What this JVM and processor can do. Touches only the smallest part of the Vector API. */
final class VectorSupport {
  private static final int FEWEST_BITS = 128;
  private static final int PROBES = 2000;

  /** A fused multiply-add without an instruction for it takes microseconds. */
  private static final double SLOW_NANOS = 400;

  private VectorSupport() {}

  /** The width of the widest vectors. */
  static int bits() {
    return VectorShape.preferredShape().vectorBitSize();
  }

  /** Why the backend cannot run at all. */
  static Optional<String> problem() {
    return nanosPerFusedMultiplyAdd() > SLOW_NANOS
        ? Optional.of("this processor, or this JVM, has no fused multiply-add")
        : Optional.empty();
  }

  /**
   * Why vector code would never become fast. What this does not find, the trial of each kernel
   * does.
   */
  static Optional<String> scalarBecause() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return Optional.of("this JVM runs without its optimising compiler");
    }
    return bits() < FEWEST_BITS
        ? Optional.of("this JVM prefers vectors of %d bits".formatted(bits()))
        : Optional.empty();
  }

  private static double nanosPerFusedMultiplyAdd() {
    double fastest = Double.POSITIVE_INFINITY;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      float sum = 1;
      for (int i = 0; i < PROBES; i++) {
        sum = Math.fma(sum, 0.5f, i);
      }
      double nanos = (double) (System.nanoTime() - start) / PROBES;
      fastest = Float.isNaN(sum) ? fastest : Math.min(fastest, nanos);
    }
    return fastest;
  }
}
