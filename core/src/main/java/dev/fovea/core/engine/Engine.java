package dev.fovea.core.engine;

import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Storage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend together with the weights brought into its layout. Shared by any number of models and
 * threads; each run has a {@link Session} of its own.
 */
public final class Engine implements AutoCloseable {
  private final Backend backend;
  private final WeightCache<PackedWeight> packed;
  private final WeightCache<Storage> widened;
  private final Set<Session> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Engine(Backend backend, long packedBytes) {
    this.backend = backend;
    this.packed = new WeightCache<>(backend::pack, PackedWeight::byteSize, packedBytes);
    this.widened =
        new WeightCache<>(
            backend::widen, s -> s.size() * s.dtype().byteSize(), Math.max(packedBytes / 4, 1));
  }

  /**
   * Opens a backend.
   *
   * @throws dev.fovea.core.BadInputException if there is no such backend or it cannot run here
   */
  public static Engine open(EngineOptions options) {
    return new Engine(
        Backends.open(options.backendName(), options.backend()), options.packedBytes());
  }

  /** An engine with default options. */
  public static Engine open() {
    return open(EngineOptions.defaults());
  }

  /** An engine over a backend that is at hand already; closing the engine closes it. */
  public static Engine over(Backend backend) {
    return new Engine(backend, EngineOptions.defaults().packedBytes());
  }

  public Backend backend() {
    return backend;
  }

  /**
   * A session for one run on one thread.
   *
   * @throws IllegalStateException if this engine is closed
   */
  public Session newSession() {
    if (closed) {
      throw new IllegalStateException("this engine is closed");
    }
    Session session = new Session(this);
    open.add(session);
    return session;
  }

  void closed(Session session) {
    open.remove(session);
  }

  /** A weight in the backend's layout, packed on first use. */
  public PackedWeight packed(Parameter weight) {
    return packed.get(weight);
  }

  /** A small parameter in the compute type, widened on first use. */
  Storage widened(Parameter parameter) {
    return widened.get(parameter);
  }

  /** Drops what was derived from a model's weights: for a model that closes before its engine. */
  public void forget(Record model) {
    ModelTree.parameters(model).values().forEach(this::forget);
  }

  /** Drops what was derived from a parameter. */
  public void forget(Parameter parameter) {
    packed.remove(parameter);
    widened.remove(parameter);
  }

  /**
   * Closes the backend.
   *
   * @throws IllegalStateException if a session is still open: a run goes on, or one was not closed
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "this engine still has open sessions: %d".formatted(open.size()));
    }
    closed = true;
    packed.clear();
    widened.clear();
    backend.close();
  }
}
