package dev.fovea.models.verify;

import dev.fovea.models.Model;

/** Computes again what was recorded of a model that learns. */
@FunctionalInterface
public interface TrainingReplay {
  /**
   * Runs one recorded computation.
   *
   * @param outputs takes every result under its recorded name
   */
  void run(Model model, TrainingCase recorded, Outputs outputs);
}
