package dev.fovea.core.tensor;

import java.util.Optional;

/**
 * A learned tensor of a model: identity, on-disk name, stored values, version. A tied weight is one
 * Parameter in two places. Values are stored contiguously in the type of the file; a parameter of a
 * tree built from a configuration alone has none.
 */
public final class Parameter {
  private final String name;
  private volatile DType dtype;
  private final Shape shape;
  private volatile Optional<Storage> storage;
  private volatile int version;

  public Parameter(String name, DType dtype, Shape shape, Optional<Storage> storage) {
    storage.ifPresent(s -> check(name, dtype, shape, s));
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.storage = storage;
  }

  /** A parameter with values in f32. */
  public static Parameter of(String name, Shape shape, float[] values) {
    return new Parameter(name, DType.F32, shape, Optional.of(new Storage.Floats(values)));
  }

  /** The canonical on-disk name, as in {@code vision_model.encoder.layers.3.mlp.fc1.weight}. */
  public String name() {
    return name;
  }

  /** The type in which values are stored. */
  public DType dtype() {
    return dtype;
  }

  public Shape shape() {
    return shape;
  }

  /** Whether there are values. */
  public boolean hasValues() {
    return storage.isPresent();
  }

  /**
   * The stored values.
   *
   * @throws IllegalStateException if the tree was built from a configuration alone
   */
  public Storage storage() {
    return storage.orElseThrow(
        () -> new IllegalStateException(name + ": built from the configuration, without weights"));
  }

  /**
   * The values in f32, row-major, as a new array: for what is computed once from weights. Forward
   * passes leave the reading to their backend.
   */
  public float[] toFloats() {
    return StoredValues.toFloats(storage());
  }

  /**
   * Replaces the values; only optimisers do, in an array of their own. Copies that engines made of
   * the old values are stale from now on. No run may read the parameter meanwhile.
   *
   * @param values as many as before; they may have another type, as an optimiser's f32 copy of f16
   *     weights has
   */
  public synchronized void update(Storage values) {
    check(name, values.dtype(), shape, values);
    dtype = values.dtype();
    storage = Optional.of(values);
    version++;
  }

  /** Counts the updates. */
  public int version() {
    return version;
  }

  private static void check(String name, DType dtype, Shape shape, Storage storage) {
    if (storage.size() != shape.elementCount() || storage.dtype() != dtype) {
      throw new IllegalArgumentException(
          "%s: storage of %d %s for shape %s of %s"
              .formatted(name, storage.size(), storage.dtype(), shape, dtype));
    }
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(name, dtype, shape);
  }
}
