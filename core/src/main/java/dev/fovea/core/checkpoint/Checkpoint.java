package dev.fovea.core.checkpoint;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The weights of one model, opened and mapped, bound by name through a {@link Layout}. Strict: what
 * the model asks for must be there in the right shape, and what is there must be asked for.
 */
public final class Checkpoint implements Binder.Values, AutoCloseable {
  private final WeightFiles weights;
  private final Layout layout;
  private final Arena arena;
  private final Mismatch mismatch;
  private final Map<String, Bound> bound = new LinkedHashMap<>();

  /** A parameter and the stored tensor that it is, or is part of. */
  private record Bound(Parameter parameter, Source.Form form, StoredTensor stored) {
    MemorySegment values() {
      return Transforms.bytes(parameter.storage());
    }
  }

  private Checkpoint(ModelFiles files, WeightFiles weights, Layout layout, Arena arena) {
    this.weights = weights;
    this.layout = layout;
    this.arena = arena;
    this.mismatch = new Mismatch(files, weights);
  }

  /**
   * Opens the weights of a model.
   *
   * @throws BadInputException if there are none or they are damaged
   */
  @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the checkpoint
  public static Checkpoint open(ModelFiles files, Layout layout) {
    Arena arena = Arena.ofShared();
    try {
      return new Checkpoint(files, WeightFiles.open(files, arena), layout, arena);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** The tensors as they lie in the files. */
  public WeightFiles weights() {
    return weights;
  }

  /** The binder for the root of the model. */
  public Binder binder() {
    return new Binder(this, "");
  }

  @Override
  public boolean contains(String name) {
    return find(name).isPresent();
  }

  @Override
  public Parameter get(String name, Shape shape) {
    Bound present = bound.get(name);
    if (present == null) {
      present = bind(name, shape);
      bound.put(name, present);
    }
    if (!present.parameter().shape().equals(shape)) {
      throw new IllegalStateException("%s asked for as %s".formatted(present.parameter(), shape));
    }
    return present.parameter();
  }

  /**
   * Ends binding: every tensor in the files was asked for or is a known leftover.
   *
   * @throws BadInputException otherwise, naming the first few
   */
  public void requireAllUsed() {
    Set<String> used = new HashSet<>();
    for (Bound parameter : bound.values()) {
      StoredTensor stored = parameter.stored();
      used.add(stored.name());
      for (StoredTensor repeated : repeated(stored)) {
        if (!sameContent(stored, repeated)) {
          throw mismatch.notEqual(stored.name(), repeated.name());
        }
        used.add(repeated.name());
      }
    }
    List<String> unknown =
        weights.tensors().keySet().stream()
            .filter(name -> !used.contains(name) && !layout.isLeftover(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw mismatch.unexpected(unknown);
    }
  }

  /**
   * Writes all tensors as one safetensors file in the layout that they were read in.
   *
   * @throws BadInputException if the file cannot be written; nothing is left half-written
   */
  public void save(Path file) {
    SafeTensors.write(file, stored(), weights.metadata());
  }

  /** The tensors of the file, made anew from the parameters bound to them. */
  private List<StoredTensor> stored() {
    Map<String, List<Bound>> byTensor = new HashMap<>();
    for (Bound parameter : bound.values()) {
      Stream.concat(Stream.of(parameter.stored()), repeated(parameter.stored()).stream())
          .forEach(t -> byTensor.computeIfAbsent(t.name(), n -> new ArrayList<>()).add(parameter));
    }
    return weights.tensors().values().stream()
        .map(tensor -> restored(tensor, byTensor.getOrDefault(tensor.name(), List.of())))
        .toList();
  }

  private static StoredTensor restored(StoredTensor original, List<Bound> parameters) {
    MemorySegment data = original.data();
    for (Bound bound : parameters) {
      data =
          switch (bound.form()) {
            case Source.Form.Whole whole -> bound.values();
            case Source.Form.Transposed transposed ->
                Transforms.transpose(
                    bound.values(),
                    bound.parameter().shape(),
                    bound.parameter().dtype(),
                    Arena.ofAuto());
            case Source.Form.Part part -> withPart(data, part, bound.values(), original.data());
          };
    }
    return new StoredTensor(original.name(), original.dtype(), original.shape(), data);
  }

  /** Parts that no parameter is bound to stay as they were. */
  private static MemorySegment withPart(
      MemorySegment data, Source.Form.Part part, MemorySegment values, MemorySegment original) {
    MemorySegment copy = data;
    if (data.equals(original)) {
      copy = Arena.ofAuto().allocate(Math.max(data.byteSize(), 1), 8).asSlice(0, data.byteSize());
      copy.copyFrom(original);
    }
    MemorySegment.copy(
        values, 0, copy, part.index() * (data.byteSize() / part.count()), values.byteSize());
    return copy;
  }

  private List<StoredTensor> repeated(StoredTensor stored) {
    return layout.tied(stored.name()).stream()
        .filter(name -> !name.equals(stored.name()))
        .flatMap(name -> Optional.ofNullable(weights.tensors().get(name)).stream())
        .toList();
  }

  private static boolean sameContent(StoredTensor a, StoredTensor b) {
    return a.dtype() == b.dtype()
        && a.shape().equals(b.shape())
        && a.data().mismatch(b.data()) == -1;
  }

  private Bound bind(String name, Shape shape) {
    Source source = find(name).orElseThrow(() -> mismatch.missing(shape, layout.sources(name)));
    StoredTensor stored = Objects.requireNonNull(weights.tensors().get(source.tensorName()));
    if (!stored.dtype().isFloat()) {
      throw mismatch.wrongType(stored);
    }
    Shape expected = storedShape(shape, source.form());
    if (!expected.toString().equals(stored.describeShape())) {
      throw mismatch.wrongShape(stored, expected);
    }
    MemorySegment data =
        switch (source.form()) {
          case Source.Form.Whole whole -> stored.data();
          case Source.Form.Part part -> {
            long bytes = stored.data().byteSize() / part.count();
            yield stored.data().asSlice(part.index() * bytes, bytes);
          }
          case Source.Form.Transposed transposed ->
              Transforms.transpose(stored.data(), expected, stored.dtype(), arena);
        };
    Parameter parameter =
        new Parameter(
            name, stored.dtype(), shape, Optional.of(new Storage.Mapped(stored.dtype(), data)));
    return new Bound(parameter, source.form(), stored);
  }

  private static Shape storedShape(Shape shape, Source.Form form) {
    return switch (form) {
      case Source.Form.Whole whole -> shape;
      case Source.Form.Part part -> shape.with(0, Math.multiplyExact(shape.dim(0), part.count()));
      case Source.Form.Transposed transposed -> Shape.of(shape.dim(1), shape.dim(0));
    };
  }

  private Optional<Source> find(String name) {
    return layout.sources(name).stream()
        .filter(source -> weights.tensors().containsKey(source.tensorName()))
        .findFirst();
  }

  /** Unmaps the weights; every parameter bound from them is unusable afterwards. */
  @Override
  public void close() {
    arena.close();
  }
}
