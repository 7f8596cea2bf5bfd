package dev.fovea.core.checkpoint;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hands out the parameters of a model by canonical name, below a prefix. A model's code asks for
 * each with the shape that its configuration demands.
 */
public final class Binder {
  /** What stands behind a binder: a checkpoint, or a configuration alone. */
  interface Values {
    boolean contains(String name);

    Parameter get(String name, Shape shape);
  }

  private final Values values;
  private final String prefix;

  Binder(Values values, String prefix) {
    this.values = values;
    this.prefix = prefix;
  }

  /**
   * A binder without weights: every parameter exists, with its shape and no values. What is
   * optional is absent.
   */
  public static Binder shapesOnly() {
    return new Binder(new ShapesOnly(), "");
  }

  /** The binder for a part of the model, as in {@code vision_model.encoder}. */
  public Binder at(String name) {
    return new Binder(values, prefix + name + ".");
  }

  /** The binder for a numbered part. */
  public Binder at(int index) {
    return at(Integer.toString(index));
  }

  /**
   * A parameter.
   *
   * @throws BadInputException if the file lacks it, or has it in another shape or a type that is
   *     not a float
   */
  public Parameter parameter(String name, int... dims) {
    Shape shape;
    try {
      shape = Shape.of(dims);
    } catch (ArithmeticException e) {
      throw new BadInputException(
          "parameter %s%s: the configuration makes it %s, more than any tensor can have"
              .formatted(prefix, name, Arrays.toString(dims)),
          e);
    }
    return values.get(prefix + name, shape);
  }

  /** A parameter that a file may lack. */
  public Optional<Parameter> optional(String name, int... dims) {
    return has(name) ? Optional.of(parameter(name, dims)) : Optional.empty();
  }

  /** Whether the file has a parameter of that name. */
  public boolean has(String name) {
    return values.contains(prefix + name);
  }
}
