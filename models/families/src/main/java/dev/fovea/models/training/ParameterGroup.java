package dev.fovea.models.training;

import dev.fovea.core.tensor.Parameter;
import java.util.List;

/**
 * Parameters that decay alike.
 *
 * @param weightDecay how much of its value a parameter loses per step and unit of learning rate
 */
public record ParameterGroup(List<Parameter> parameters, double weightDecay) {
  public ParameterGroup {
    parameters = List.copyOf(parameters);
  }

  /**
   * The usual two groups: matrices decay; biases, gains and single numbers do not.
   *
   * @return the decaying group first
   */
  public static List<ParameterGroup> decayMatrices(List<Parameter> parameters, double weightDecay) {
    return List.of(
        new ParameterGroup(
            parameters.stream().filter(p -> p.shape().rank() >= 2).toList(), weightDecay),
        new ParameterGroup(parameters.stream().filter(p -> p.shape().rank() < 2).toList(), 0));
  }
}
