package dev.fovea.models.training;

/** A learning rate for every step, counted from 0. */
@FunctionalInterface
public interface Schedule {
  double at(int step);

  /** The same rate always. */
  static Schedule constant(double rate) {
    return step -> rate;
  }

  /**
   * Up in a straight line over the warm-up, then down along half a cosine to 0 (Loshchilov and
   * Hutter 2017, section 3, without restarts).
   */
  static Schedule cosine(double rate, int warmUpSteps, int totalSteps) {
    return step -> {
      if (step < warmUpSteps) {
        return rate * (step + 1) / warmUpSteps;
      }
      double progress = (double) (step - warmUpSteps) / Math.max(1, totalSteps - warmUpSteps);
      return rate * (1 + Math.cos(Math.PI * Math.min(progress, 1))) / 2;
    };
  }
}
