package dev.fovea.core.engine;

import dev.fovea.core.autograd.Backward;
import dev.fovea.core.autograd.Tape;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tap;
import dev.fovea.core.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scratch memory, the tap and the tape of one run. Belongs to the thread that first uses it;
 * tensors live until their frame, or the session, closes.
 */
public final class Session implements AutoCloseable {
  private final Engine engine;
  private final Scratch scratch;
  private Optional<Tap> tap = Optional.empty();
  private Optional<Tape> tape = Optional.empty();
  private IdentityHashMap<Record, String> paths = new IdentityHashMap<>();
  private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();
  private boolean closed;

  Session(Engine engine) {
    this.engine = engine;
    this.scratch = new Scratch(engine.backend());
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

  /** Records every operation that leads from a trainable parameter to a result. */
  public Session withTape(Tape recorder) {
    tape = Optional.of(recorder);
    return this;
  }

  /** Whether an operation on these must be recorded. */
  public boolean records(List<Tensor> inputs, Parameter... parameters) {
    if (tape.isEmpty()) {
      return false;
    }
    for (Parameter parameter : parameters) {
      if (tape.get().trains(parameter)) {
        return true;
      }
    }
    return inputs.stream().anyMatch(tape.get()::tracks);
  }

  /**
   * Records an operation if a tape runs and it must be recorded; see {@link #records}.
   *
   * @param inputs the tensors that the result depends on
   * @param reads the tensors whose values the derivative reads
   * @param parameters the parameters that the result depends on
   * @return the result
   */
  public Tensor record(
      Tensor result,
      List<Tensor> inputs,
      List<Tensor> reads,
      Backward backward,
      Parameter... parameters) {
    if (records(inputs, parameters)) {
      tape.orElseThrow().record(result, reads, backward);
    }
    return result;
  }

  /** The tape that records at the moment. */
  public Optional<Tape> tape() {
    return tape;
  }

  /** Runs a block whose operations are not recorded, such as a backward pass. */
  public <T> T withoutRecording(Supplier<T> block) {
    return recording(Optional.empty(), block);
  }

  /** Runs a block whose operations another tape records. */
  public <T> T recording(Tape other, Supplier<T> block) {
    return recording(Optional.of(other), block);
  }

  private <T> T recording(Optional<Tape> other, Supplier<T> block) {
    Optional<Tape> paused = tape;
    tape = other;
    try {
      return block.get();
    } finally {
      tape = paused;
    }
  }

  /** A tensor with garbage in it, freed with the current frame. */
  public Tensor allocate(Shape shape) {
    checkUsable();
    Storage storage = scratch.allocate(shape.elementCount());
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

  /** A tensor of zeros. */
  public Tensor zeros(Shape shape) {
    Tensor zero = tensor(new float[1]);
    Tensor out = allocate(shape);
    backend().copy(zero.broadcastTo(shape), out);
    release(zero.storage());
    return out;
  }

  /** A small parameter as a tensor; its memory belongs to the engine. */
  public Tensor weight(Parameter parameter) {
    checkUsable();
    Tensor tensor =
        new Tensor(
            this,
            engine.widened(parameter),
            0,
            parameter.shape(),
            parameter.shape().contiguousStrides());
    return record(
        tensor,
        List.of(),
        List.of(),
        (gradient, to) -> to.add(parameter, () -> gradient),
        parameter);
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
    return record(
        out,
        List.of(),
        List.of(),
        // Every row of the table collects the gradients of the places that read it.
        (gradient, to) -> to.add(table, () -> scatter(gradient, indices, table.shape())),
        table);
  }

  private Tensor scatter(Tensor gradient, Indices indices, Shape shape) {
    Tensor out = zeros(shape);
    backend().derivatives().scatterAdd(gradient, indices, out);
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
      boolean free =
          input != x && input.storage() != current.storage() && !retained(input.storage());
      if (free) {
        release(input.storage());
      }
    }
    return current;
  }

  /** Gives memory back before its frame ends; does nothing if it is not this session's. */
  public void release(Storage storage) {
    scratch.release(storage);
  }

  /** Runs a block; all that it allocates but its result is free again afterwards. */
  public Tensor scoped(Supplier<Tensor> block) {
    return scopedAll(() -> List.of(block.get())).getFirst();
  }

  /** As {@link #scoped}, for several results. What a tape still needs stays too. */
  public List<Tensor> scopedAll(Supplier<List<Tensor>> block) {
    checkUsable();
    return scratch.scoped(block, this::retained);
  }

  private boolean retained(Storage storage) {
    return tape.isPresent() && tape.get().retains(storage);
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
      scratch.close();
      engine.closed(this);
    }
  }
}
