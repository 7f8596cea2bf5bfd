package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the tensors in what a pickle holds and gives them dotted names: dictionaries and modules
 * within each other join their names, lists count from 0.
 *
 * <p>Training programs wrap the weights: {@code state_dict}, {@code model_state_dict} or {@code
 * model} beside the state of an optimizer, and {@code module.} before every name when several
 * devices took part. Both are taken off, so that names are those of the model.
 */
final class StateDict {
  private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model");
  private static final String PARALLEL = "module.";
  private static final int MAX_DEPTH = 100;
  private static final int LONGEST_NAME = 1000;

  private final String source;
  private final Map<String, Pickled.TensorView> tensors = new LinkedHashMap<>();
  private long budget;

  private StateDict(String source, long budget) {
    this.source = source;
    this.budget = budget;
  }

  /**
   * The tensors by name, in the order of the pickle.
   *
   * @param source what to call the pickle in errors
   * @param pickleBytes its size, which bounds the work: containers can hold one another many times
   */
  static Map<String, Pickled.TensorView> tensors(Pickled root, String source, long pickleBytes) {
    StateDict found = new StateDict(source, 4 * pickleBytes + 1000);
    found.add("", unwrapped(root), 0);
    if (found.tensors.isEmpty()) {
      throw new BadInputException(
          "%s holds no tensors, only %s; expected the state_dict of a model"
              .formatted(source, root.describe()));
    }
    return found.withoutParallelPrefix();
  }

  private static Pickled unwrapped(Pickled root) {
    if (root instanceof Pickled.Dict dict
        && dict.entries().values().stream().noneMatch(v -> v instanceof Pickled.TensorView)) {
      for (String wrapper : WRAPPERS) {
        if (dict.entries().get(wrapper) instanceof Pickled.Dict inner && !dict.isModule()) {
          return inner;
        }
      }
    }
    return root;
  }

  private void add(String name, Pickled value, int depth) {
    budget -= 1 + name.length() / 8;
    if (budget < 0 || depth > MAX_DEPTH || name.length() > LONGEST_NAME) {
      throw new BadInputException(
          "%s holds containers within each other, too many or too deep, at %s"
              .formatted(source, Quoted.of(name)));
    }
    switch (value) {
      case Pickled.TensorView tensor -> {
        if (tensors.put(name, tensor) != null) {
          throw new BadInputException(
              "%s has two tensors called %s".formatted(source, Quoted.of(name)));
        }
      }
      case Pickled.Dict dict ->
          dict.entries().forEach((key, item) -> add(join(name, key), item, depth + 1));
      case Pickled.Sequence sequence -> {
        for (int i = 0; i < sequence.items().size(); i++) {
          add(join(name, Integer.toString(i)), sequence.items().get(i), depth + 1);
        }
      }
      default -> {}
    }
  }

  private String join(String name, String key) {
    if (key.length() > LONGEST_NAME) {
      throw new BadInputException(
          "%s has a name of %d characters, %s".formatted(source, key.length(), Quoted.of(key)));
    }
    return name.isEmpty() ? key : name + "." + key;
  }

  private Map<String, Pickled.TensorView> withoutParallelPrefix() {
    if (!tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL))) {
      return tensors;
    }
    Map<String, Pickled.TensorView> shorter = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shorter.put(name.substring(PARALLEL.length()), tensor));
    return shorter;
  }
}
