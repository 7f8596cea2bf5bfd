package dev.fovea.models.verify;

import dev.fovea.models.Model;

/** Computes again what was recorded for a family of models. */
@FunctionalInterface
public interface Replay {
  /**
   * Runs the model on the inputs of a case.
   *
   * @param outputs takes every result under its recorded name
   */
  void run(Model model, ModelCase recorded, Outputs outputs);
}
