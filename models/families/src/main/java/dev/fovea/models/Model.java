package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Checkpoint;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.ModelTree;
import dev.fovea.core.engine.Session;
import dev.fovea.core.files.ModelFiles;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A model in memory. Thread-safe: any number of threads may run it at once. Closing waits for
 * running work and gives back the mapped weights.
 */
public abstract class Model implements AutoCloseable {
  private final String family;
  private final Record root;
  private final ModelContext context;
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  protected Model(String family, Record root, ModelContext context) {
    this.family = family;
    this.root = root;
    this.context = context;
    context.checkpoint().requireAllUsed();
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
    return context.engine();
  }

  /** The files that this was opened from. */
  public final ModelFiles files() {
    return context.files();
  }

  /** The tensors as they lie in the files. */
  public final Checkpoint checkpoint() {
    return context.checkpoint();
  }

  /**
   * This model for one use.
   *
   * @param kind {@link ImageTextModel} or another interface of this package
   * @throws BadInputException if it cannot do that
   */
  public final <T> T as(Class<T> kind) {
    if (!kind.isInstance(this)) {
      throw new BadInputException(
          "%s: a model of family %s cannot serve as %s"
              .formatted(context.files().describe(""), family, kind.getSimpleName()));
    }
    return kind.cast(this);
  }

  /**
   * Writes the weights as one safetensors file with the names that they were read under.
   *
   * @throws BadInputException if the file cannot be written
   * @throws IllegalStateException if the model is closed
   */
  public final void save(Path file) {
    whileOpen(
        () -> {
          checkpoint().save(file);
          return file;
        });
  }

  /**
   * Runs a forward pass of {@link #root} in a session of its own. What it returns must be plain
   * values.
   *
   * @throws IllegalStateException if the model is closed
   */
  public final <T> T run(Function<Session, T> body) {
    return whileOpen(
        () -> {
          try (Session session = engine().newSession()) {
            return body.apply(session);
          }
        });
  }

  /**
   * Does work of several runs; closing waits for all of it.
   *
   * @throws IllegalStateException if the model is closed
   */
  protected final <T> T whileOpen(Supplier<T> work) {
    lifetime.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this model is closed");
      }
      return work.get();
    } finally {
      lifetime.readLock().unlock();
    }
  }

  /**
   * Waits for running work, then gives back the weights, and the engine if it is this model's own.
   *
   * @throws IllegalStateException if called by work that runs on this model
   */
  @Override
  public void close() {
    if (lifetime.getReadHoldCount() > 0) {
      throw new IllegalStateException("a model cannot be closed by the work that runs on it");
    }
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        checkpoint().close();
        if (context.ownsEngine()) {
          engine().close();
        } else {
          engine().forget(root);
        }
      }
    } finally {
      lifetime.writeLock().unlock();
    }
  }
}
