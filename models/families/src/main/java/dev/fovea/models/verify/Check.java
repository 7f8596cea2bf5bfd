package dev.fovea.models.verify;

/**
 * One recorded tensor, text or checksum held against what was computed.
 *
 * @param maxAbsoluteError largest difference; NaN where nothing could be compared
 * @param maxRelativeError that difference divided by the largest recorded magnitude
 * @param tolerance what the recording allows; 0 for exact
 * @param problem why it failed, or empty
 */
public record Check(
    String name,
    double maxAbsoluteError,
    double maxRelativeError,
    double tolerance,
    String problem) {
  public boolean passed() {
    return problem.isEmpty();
  }

  /** Whether there was something computed to compare with. */
  public boolean compared() {
    return !Double.isNaN(maxAbsoluteError);
  }

  /** The same result under another name. */
  Check named(String other) {
    return new Check(other, maxAbsoluteError, maxRelativeError, tolerance, problem);
  }

  /** A check for which there is nothing computed to compare with. */
  static Check failed(String name, String problem) {
    return new Check(name, Double.NaN, Double.NaN, 0, problem);
  }

  /** Something that must be equal. */
  static Check exact(String name, boolean equal, String problem) {
    double error = equal ? 0 : 1;
    return new Check(name, error, error, 0, equal ? "" : problem);
  }
}
