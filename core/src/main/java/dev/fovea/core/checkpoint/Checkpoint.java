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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The weights of one model, opened and mapped, bound by name through a {@link Layout}. Strict: what
 * the model asks for must be there in the right shape, and what is there must be asked for.
 */
public final class Checkpoint implements Binder.Values, AutoCloseable {
  private final ModelFiles files;
  private final WeightFiles weights;
  private final Layout layout;
  private final Arena arena;
  private final Map<String, Bound> bound = new LinkedHashMap<>();

  /** A parameter and the stored tensor that it is, or is part of. */
  private record Bound(Parameter parameter, Source.Form form, StoredTensor stored) {
    int part() {
      return form instanceof Source.Form.Part p ? p.index() : 0;
    }

    /** The parameter's values as they lie in the stored tensor. */
    MemorySegment storedBytes() {
      MemorySegment values = Transforms.bytes(parameter.storage());
      return form instanceof Source.Form.Transposed
          ? Transforms.transpose(values, parameter.shape(), parameter.dtype(), Arena.ofAuto())
          : values;
    }
  }

  private Checkpoint(ModelFiles files, WeightFiles weights, Layout layout, Arena arena) {
    this.files = files;
    this.weights = weights;
    this.layout = layout;
    this.arena = arena;
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
    Set<String> used =
        bound.values().stream().map(b -> b.stored().name()).collect(Collectors.toSet());
    List<String> unknown =
        weights.tensors().keySet().stream()
            .filter(name -> !used.contains(name) && !layout.isLeftover(name))
            .toList();
    if (!unknown.isEmpty()) {
      throw new BadInputException(
          "%s: %d tensors that a model with this config.json does not have: %s; config and weights do not belong together"
              .formatted(describe(), unknown.size(), some(unknown)));
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
    Map<String, List<Bound>> byTensor =
        bound.values().stream().collect(Collectors.groupingBy(b -> b.stored().name()));
    return weights.tensors().values().stream()
        .map(tensor -> restore(tensor, byTensor.getOrDefault(tensor.name(), List.of())))
        .toList();
  }

  private static StoredTensor restore(StoredTensor original, List<Bound> parts) {
    if (parts.isEmpty()) {
      return original;
    }
    MemorySegment data = Arena.ofAuto().allocate(original.data().byteSize(), 8);
    long at = 0;
    for (Bound part : parts.stream().sorted(Comparator.comparingInt(Bound::part)).toList()) {
      MemorySegment values = part.storedBytes();
      MemorySegment.copy(values, 0, data, at, values.byteSize());
      at += values.byteSize();
    }
    return new StoredTensor(original.name(), original.dtype(), original.shape(), data);
  }

  private Bound bind(String name, Shape shape) {
    Source source = find(name).orElseThrow(() -> missing(name, shape));
    StoredTensor stored = Objects.requireNonNull(weights.tensors().get(source.tensorName()));
    if (!stored.dtype().isFloat()) {
      throw new BadInputException(
          "%s: tensor '%s' has type %s, expected F32, F16, BF16 or F64"
              .formatted(describe(), stored.name(), stored.dtype()));
    }
    Shape expected = storedShape(shape, source.form());
    if (!expected.toString().equals(stored.describeShape())) {
      throw new BadInputException(
          "%s: tensor '%s' is %s, but config.json makes it %s; config and weights do not belong together"
              .formatted(describe(), stored.name(), stored.describeShape(), expected));
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

  private BadInputException missing(String name, Shape shape) {
    String stored = layout.sources(name).getFirst().tensorName();
    return new BadInputException(
        "%s: tensor '%s' %s is missing; config.json asks for it%s"
            .formatted(describe(), stored, shape, hint(stored)));
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

  private String hint(String name) {
    String last = name.substring(name.lastIndexOf('.', Math.max(name.lastIndexOf('.') - 1, 0)) + 1);
    List<String> near =
        weights.tensors().keySet().stream().filter(n -> n.endsWith(last)).limit(3).toList();
    return near.isEmpty() ? "" : "; the file has " + some(near);
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(4, names.size())))
        + (names.size() > 4 ? ", ..." : "");
  }

  private String describe() {
    return files.describe(weights.fileNames().getFirst());
  }

  /** Unmaps the weights; every parameter bound from them is unusable afterwards. */
  @Override
  public void close() {
    arena.close();
  }
}
