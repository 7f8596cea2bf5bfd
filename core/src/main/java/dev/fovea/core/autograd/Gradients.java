package dev.fovea.core.autograd;

import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** What a backward pass found. The tensors belong to the session of the pass. */
public final class Gradients {
  private final IdentityHashMap<Parameter, Tensor> byParameter;
  private final IdentityHashMap<Tensor, Tensor> byTensor;

  Gradients(
      IdentityHashMap<Parameter, Tensor> byParameter, IdentityHashMap<Tensor, Tensor> byTensor) {
    this.byParameter = byParameter;
    this.byTensor = byTensor;
  }

  /** The gradient of a parameter, in its shape; empty if the result does not depend on it. */
  public Optional<Tensor> of(Parameter parameter) {
    return Optional.ofNullable(byParameter.get(parameter));
  }

  /** The gradient of a watched tensor, in its shape; empty if the result does not depend on it. */
  public Optional<Tensor> of(Tensor watched) {
    return Optional.ofNullable(byTensor.get(watched));
  }

  /** The parameters that have a gradient. */
  public Set<Parameter> parameters() {
    Set<Parameter> parameters = Collections.newSetFromMap(new IdentityHashMap<>());
    parameters.addAll(byParameter.keySet());
    return Collections.unmodifiableSet(parameters);
  }
}
