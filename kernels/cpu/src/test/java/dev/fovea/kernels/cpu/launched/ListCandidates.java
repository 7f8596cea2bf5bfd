package dev.fovea.kernels.cpu.launched;

import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;

/**
 * Prints the backends that a JVM finds, one per line, and what the first says of itself; the tests
 * start it with other flags.
 */
public final class ListCandidates {
  private ListCandidates() {}

  public static void main(String[] args) {
    for (Backends.Candidate candidate : Backends.candidates()) {
      System.out.println(candidate.name() + ": " + candidate.unavailableBecause().orElse("usable"));
    }
    try (Backend backend = Backends.open(Backends.AUTO, BackendOptions.defaults())) {
      System.out.println(backend.describe());
    }
  }
}
