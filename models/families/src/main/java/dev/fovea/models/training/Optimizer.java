package dev.fovea.models.training;

import dev.fovea.core.tensor.Parameter;
import java.util.Map;

/** Changes parameters along their gradients. Not thread-safe. */
public interface Optimizer {
  /**
   * One step.
   *
   * @param gradients row-major values; a parameter without one stays as it is
   */
  void step(Map<Parameter, float[]> gradients, double learningRate);

  /** The number of steps so far. */
  int steps();

  /** What must be kept to go on bit by bit: named rows of numbers. */
  Map<String, float[]> state();

  /**
   * Goes on from a kept state.
   *
   * @throws dev.fovea.core.BadInputException if it belongs to other parameters
   */
  void restore(Map<String, float[]> state, int steps);
}
