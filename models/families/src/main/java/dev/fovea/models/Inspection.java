package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.ShapesBackend;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.ModelTree;
import dev.fovea.core.engine.Session;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model's configuration alone says about it; its weights need not be there.
 *
 * @param family the family's name, as in {@code clip}
 * @param parameters the number of learned values; tied ones count once
 * @param parts the same by top-level part, in order; a tied parameter counts where it comes first
 * @param floatingPointOperations multiplications and additions of matrix products, convolutions and
 *     attention in one forward pass on {@code input}
 * @param peakActivationBytes the most memory that activations of that pass take at once, in f32
 * @param input what goes into that pass, in words
 */
public record Inspection(
    String family,
    long parameters,
    List<Part> parts,
    long floatingPointOperations,
    long peakActivationBytes,
    String input) {
  /** A part of a model and the number of its learned values. */
  public record Part(String name, long parameters) {}

  public Inspection {
    parts = List.copyOf(parts);
  }

  /**
   * Inspects a model folder.
   *
   * @throws BadInputException if no family knows it, or its configuration is wrong
   */
  public static Inspection of(ModelFiles files) {
    ModelFamily family = Models.familyOf(files);
    try {
      Structure structure = family.structure(files);
      ShapesBackend shapes = new ShapesBackend();
      try (Engine engine = Engine.over(shapes);
          Session session = engine.newSession()) {
        structure.forward().accept(session);
      }
      return new Inspection(
          family.name(),
          ModelTree.parameterCount(structure.root()),
          parts(structure.root()),
          shapes.floatingPointOperations(),
          shapes.peakBytes(),
          structure.input());
    } catch (ArithmeticException e) {
      throw new BadInputException(
          "%s: the sizes are larger than any model can have".formatted(files.describe("")), e);
    }
  }

  /** What the weights take in a type: 4 bytes each in F32, 2 in F16 and BF16. */
  public long weightBytes(DType dtype) {
    return Math.multiplyExact(parameters, (long) dtype.byteSize());
  }

  private static List<Part> parts(Record root) {
    Map<String, Long> counts = new LinkedHashMap<>();
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ModelTree.parameters(root)
        .forEach(
            (path, parameter) -> {
              if (seen.add(parameter)) {
                counts.merge(
                    path.split("\\.", 2)[0], parameter.shape().elementCount(), Math::addExact);
              }
            });
    List<Part> parts = new ArrayList<>();
    counts.forEach((name, count) -> parts.add(new Part(name, count)));
    return parts;
  }
}
