package dev.fovea.core.checkpoint;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters from a configuration alone: shapes without values. */
final class ShapesOnly implements Binder.Values {
  private final Map<String, Parameter> made = new HashMap<>();

  @Override
  public boolean contains(String name) {
    return false;
  }

  @Override
  public Parameter get(String name, Shape shape) {
    Parameter parameter =
        made.computeIfAbsent(name, n -> new Parameter(n, DType.F32, shape, Optional.empty()));
    if (!parameter.shape().equals(shape)) {
      throw new IllegalStateException("%s asked for as %s".formatted(parameter, shape));
    }
    return parameter;
  }
}
