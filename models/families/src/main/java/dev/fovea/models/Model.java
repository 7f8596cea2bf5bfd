package dev.fovea.models;

import dev.fovea.core.checkpoint.Checkpoint;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.ModelTree;
import dev.fovea.core.engine.Session;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A model in memory. Thread-safe: any number of threads may run it at once. Closing waits for
 * running work and gives back the mapped weights.
 */
public abstract class Model implements AutoCloseable {
  private final String family;
  private final Record root;
  private final Checkpoint checkpoint;
  private final Engine engine;
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  protected Model(String family, Record root, ModelContext context) {
    this.family = family;
    this.root = root;
    this.checkpoint = context.checkpoint();
    this.engine = context.engine();
    checkpoint.requireAllUsed();
  }

  /** The family's name, as in {@code clip}. */
  public final String family() {
    return family;
  }

  /** The tree of layers, for counting, tapping and inspection. */
  public final Record root() {
    return root;
  }

  /** The number of learned values; tied ones count once. */
  public final long parameterCount() {
    return ModelTree.parameterCount(root);
  }

  public final Engine engine() {
    return engine;
  }

  /** The tensors as they lie in the files. */
  public final Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Writes the weights as one safetensors file with the names that they were read under.
   *
   * @throws dev.fovea.core.BadInputException if the file cannot be written
   */
  public final void save(Path file) {
    checkpoint.save(file);
  }

  /**
   * Runs a forward pass of {@link #root} in a session of its own. What it returns must be plain
   * values.
   *
   * @throws IllegalStateException if the model is closed
   */
  public final <T> T run(Function<Session, T> body) {
    lifetime.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this model is closed");
      }
      try (Session session = engine.newSession()) {
        return body.apply(session);
      }
    } finally {
      lifetime.readLock().unlock();
    }
  }

  /** Waits for running work, then gives back the weights. The engine stays open. */
  @Override
  public void close() {
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        checkpoint.close();
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }
}
