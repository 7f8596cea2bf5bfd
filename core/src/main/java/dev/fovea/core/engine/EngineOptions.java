package dev.fovea.core.engine;

import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;

/**
 * How to open an engine.
 *
 * @param backendName a backend's name, or {@code auto}
 * @param packedBytes how much memory packed weights may take before the least recently used go
 */
public record EngineOptions(String backendName, BackendOptions backend, long packedBytes) {
  /** The best backend, all processors, and half of the largest heap for packed weights. */
  public static EngineOptions defaults() {
    return new EngineOptions(
        Backends.AUTO, BackendOptions.defaults(), Runtime.getRuntime().maxMemory() / 2);
  }

  public EngineOptions withBackend(String name) {
    return new EngineOptions(name, backend, packedBytes);
  }

  public EngineOptions withThreads(int threads) {
    return new EngineOptions(
        backendName, new BackendOptions(threads, backend.computeType()), packedBytes);
  }

  public EngineOptions withPackedBytes(long bytes) {
    return new EngineOptions(backendName, backend, bytes);
  }
}
