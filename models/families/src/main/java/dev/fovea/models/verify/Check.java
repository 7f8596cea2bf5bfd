package dev.fovea.models.verify;

/**
 * One recorded tensor or text held against what was computed.
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

  static Check failed(String name, String problem) {
    return new Check(name, Double.NaN, Double.NaN, 0, problem);
  }
}
