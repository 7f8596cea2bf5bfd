package dev.fovea.core.weights;

import dev.fovea.core.Quoted;
import dev.fovea.core.tensor.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the restricted unpickler builds: tensors, plain containers and inert bags. Containers can
 * hold each other in circles, as in Python, so nothing here may be compared or printed deeply.
 */
sealed interface Pickled {
  /** What to call such a value in an error. */
  String describe();

  /** A whole number that fits 64 bits. */
  record Int(long value) implements Pickled {
    @Override
    public String describe() {
      return "the number " + value;
    }
  }

  /** A string. */
  record Text(String value) implements Pickled {
    @Override
    public String describe() {
      return "the string " + Quoted.of(value);
    }
  }

  /** A value that no tensor is made of: None, a fraction, bytes, a very large number. */
  record Plain(String describe) implements Pickled {
    static final Plain NONE = new Plain("None");
    static final Plain TRUE = new Plain("True");
    static final Plain FALSE = new Plain("False");
    static final Plain FLOAT = new Plain("a fraction");
    static final Plain BYTES = new Plain("bytes");
    static final Plain LARGE_INT = new Plain("a number beyond 64 bits");
  }

  /** A class or function by its name; only {@link PickleGlobals} says what calling it does. */
  record Global(String module, String name) implements Pickled {
    String qualified() {
      return module + "." + name;
    }

    @Override
    public String describe() {
      return Quoted.of(qualified());
    }
  }

  /** A list or a tuple. */
  final class Sequence implements Pickled {
    private final List<Pickled> items;
    private final boolean tuple;

    private Sequence(List<Pickled> items, boolean tuple) {
      this.items = items;
      this.tuple = tuple;
    }

    static Sequence list() {
      return new Sequence(new ArrayList<>(0), false);
    }

    static Sequence tuple(List<Pickled> items) {
      return new Sequence(List.copyOf(items), true);
    }

    List<Pickled> items() {
      return items;
    }

    boolean isTuple() {
      return tuple;
    }

    @Override
    public String describe() {
      return "%s of %d".formatted(tuple ? "a tuple" : "a list", items.size());
    }
  }

  /** A dictionary, or the attributes of a TorchScript module. Number keys are kept as text. */
  final class Dict implements Pickled {
    private final Map<String, Pickled> entries = new LinkedHashMap<>(0);
    private final boolean module;

    private Dict(boolean module) {
      this.module = module;
    }

    static Dict dictionary() {
      return new Dict(false);
    }

    static Dict module() {
      return new Dict(true);
    }

    boolean isModule() {
      return module;
    }

    Map<String, Pickled> entries() {
      return entries;
    }

    @Override
    public String describe() {
      return "%s of %d".formatted(module ? "a module" : "a dictionary", entries.size());
    }
  }

  /**
   * Raw memory that tensors look at.
   *
   * @param key its name in the archive
   * @param elements its size in elements of {@code dtype}
   */
  record Storage(String key, DType dtype, long elements) implements Pickled {
    @Override
    public String describe() {
      return "storage %s of %d %s".formatted(Quoted.of(key), elements, dtype);
    }
  }

  /**
   * A tensor: a view of a storage.
   *
   * @param offset first element, counted in elements
   * @param stride step of each dimension, counted in elements
   */
  record TensorView(Storage storage, DType dtype, long offset, List<Long> shape, List<Long> stride)
      implements Pickled {
    @Override
    public String describe() {
      return "a tensor of " + shape;
    }
  }
}
