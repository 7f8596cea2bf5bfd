package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.BackendProvider;
import dev.fovea.core.tensor.DType;
import java.util.Optional;

/** Offers the reference, which runs everywhere and is chosen when nothing faster can run. */
public final class ReferenceProvider implements BackendProvider {
  @Override
  public String name() {
    return ReferenceBackend.NAME;
  }

  @Override
  public int preference() {
    return 0;
  }

  @Override
  public Optional<String> unavailableBecause() {
    return Optional.empty();
  }

  @Override
  public Backend open(BackendOptions options) {
    if (options.computeType() != DType.F32 && options.computeType() != DType.F64) {
      throw new BadInputException(
          "backend 'reference' computes in F32 or F64, not " + options.computeType());
    }
    return new ReferenceBackend(options.computeType());
  }
}
