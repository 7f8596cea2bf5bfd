package dev.fovea.core.engine;

import dev.fovea.core.backend.Backend;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tap;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scratch memory and the tap of one run. Belongs to the thread that first uses it; tensors live
 * until their frame, or the session, closes.
 */
public final class Session implements AutoCloseable {
  private final Engine engine;
  private final Deque<Set<Storage>> frames = new ArrayDeque<>();
  private Optional<Tap> tap = Optional.empty();
  private IdentityHashMap<Record, String> paths = new IdentityHashMap<>();
  private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();
  private boolean closed;

  Session(Engine engine) {
    this.engine = engine;
    frames.push(newFrame());
  }

  public Engine engine() {
    return engine;
  }

  public Backend backend() {
    return engine.backend();
  }

  /**
   * Shows intermediates of a model to a tap.
   *
   * @param root the record tree whose component names make the paths
   */
  public Session withTap(Record root, Tap observer) {
    tap = Optional.of(observer);
    paths = ModelTree.paths(root);
    return this;
  }

  /** A tensor with garbage in it, freed with the current frame. */
  public Tensor allocate(Shape shape) {
    checkUsable();
    Storage storage = backend().allocate(shape.elementCount());
    frames.element().add(storage);
    return new Tensor(this, storage, 0, shape, shape.contiguousStrides());
  }

  /** A tensor with these values, row-major. */
  public Tensor tensor(float[] values, int... dims) {
    Shape shape = Shape.of(dims);
    if (shape.elementCount() != values.length) {
      throw new IllegalArgumentException("%d values for %s".formatted(values.length, shape));
    }
    Tensor out = allocate(shape);
    backend().write(values, out.storage(), 0);
    return out;
  }

  /** A small parameter as a tensor; its memory belongs to the engine. */
  public Tensor weight(Parameter parameter) {
    checkUsable();
    return new Tensor(
        this,
        engine.widened(parameter),
        0,
        parameter.shape(),
        parameter.shape().contiguousStrides());
  }

  /** Rows of a table: [batch, length, hidden] for a table [rows, hidden]. */
  public Tensor gather(Parameter table, Indices indices) {
    int rows = table.shape().dim(0);
    for (int index : indices.values()) {
      if (index < 0 || index >= rows) {
        throw new IllegalArgumentException("index %d is outside %s".formatted(index, table));
      }
    }
    Tensor out = allocate(Shape.of(indices.batch(), indices.length(), table.shape().dim(1)));
    backend().gather(table, indices, out);
    return out;
  }

  /**
   * Runs a stack of blocks, each on the result of the one before; only the last result and what the
   * caller had before stay in memory.
   */
  public <L> Tensor stack(List<L> layers, Tensor x, BiFunction<L, Tensor, Tensor> forward) {
    Tensor current = x;
    for (L layer : layers) {
      Tensor input = current;
      current = scoped(() -> forward.apply(layer, input));
      if (input != x && input.storage() != current.storage()) {
        release(input);
      }
    }
    return current;
  }

  private void release(Tensor tensor) {
    if (frames.element().remove(tensor.storage())) {
      backend().recycle(tensor.storage());
    }
  }

  /** Runs a block; all that it allocates but its result is free again afterwards. */
  public Tensor scoped(Supplier<Tensor> block) {
    checkUsable();
    Set<Storage> frame = newFrame();
    frames.push(frame);
    try {
      Tensor result = block.get();
      if (frame.remove(result.storage())) {
        Set<Storage> inner = frames.pop();
        frames.element().add(result.storage());
        frames.push(inner);
      }
      return result;
    } finally {
      frames.pop();
      frame.forEach(backend()::recycle);
    }
  }

  /** Whether a tap wants this intermediate. */
  public boolean taps(Record owner, String name) {
    return tap.isPresent() && tap.get().wants(path(owner, name));
  }

  /** Shows an intermediate to the tap; returns what to go on with. */
  public Tensor tapped(Record owner, String name, Tensor value) {
    if (!taps(owner, name)) {
      return value;
    }
    Tensor replaced = tap.orElseThrow().take(path(owner, name), value);
    if (!replaced.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          "a tap replaced %s %s by a tensor of shape %s"
              .formatted(path(owner, name), value.shape(), replaced.shape()));
    }
    return replaced;
  }

  private String path(Record owner, String name) {
    String prefix = paths.getOrDefault(owner, "");
    return prefix.isEmpty() ? name : prefix + "." + name;
  }

  /**
   * Throws if this session is closed or belongs to another thread.
   *
   * @throws IllegalStateException then
   */
  public void checkUsable() {
    if (closed) {
      throw new IllegalStateException("this session is closed");
    }
    Thread current = Thread.currentThread();
    Thread holder = owner.compareAndExchange(null, current);
    if (holder != null && holder != current) {
      throw new IllegalStateException(
          "this session belongs to thread '%s'; thread '%s' needs one of its own"
              .formatted(holder.getName(), current.getName()));
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      frames.forEach(frame -> frame.forEach(backend()::recycle));
      frames.clear();
      engine.closed(this);
    }
  }

  private static Set<Storage> newFrame() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
