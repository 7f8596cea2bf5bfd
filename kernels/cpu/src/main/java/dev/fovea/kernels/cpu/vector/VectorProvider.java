package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.BackendProvider;
import dev.fovea.core.tensor.DType;
import java.util.Optional;

/** Offers the Vector API backend. Loads nothing of the Vector API itself. */
public final class VectorProvider implements BackendProvider {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int PREFERENCE = 100;

  /**
   * Says that this JVM has much work ahead: vector code is compiled from the first operation on, in
   * the background, and not only once scalar code has run for a while. For servers and
   * measurements.
   */
  public static void expectMuchWork() {
    Warmup.SHARED.expectMuchWork();
  }

  /** Waits until the vector code that operations have asked for so far is compiled. */
  public static void awaitCompiled() throws InterruptedException {
    Warmup.SHARED.awaitIdle();
  }

  @Override
  public String name() {
    return VectorBackend.NAME;
  }

  @Override
  public int preference() {
    return PREFERENCE;
  }

  @Override
  public Optional<String> unavailableBecause() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.of("start Java with --add-modules=" + MODULE);
    }
    return VectorSupport.problem();
  }

  @Override
  public Backend open(BackendOptions options) {
    if (options.computeType() != DType.F32) {
      throw new BadInputException("backend 'vector' computes in F32, not " + options.computeType());
    }
    unavailableBecause()
        .ifPresent(
            reason -> {
              throw new BadInputException("backend 'vector' cannot run here: " + reason);
            });
    Optional<String> scalarBecause = VectorSupport.scalarBecause();
    return scalarBecause.isPresent()
        ? new VectorBackend(
            "scalar code, as " + scalarBecause.get(), options.threads(), Kernels.scalar())
        : new VectorBackend(
            "Vector API, %d bits".formatted(VectorSupport.bits()),
            options.threads(),
            Kernels.adaptive());
  }
}
