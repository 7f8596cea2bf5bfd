package dev.fovea.models.verify;

import java.nio.file.Path;
import java.util.List;

/**
 * The result of one case.
 *
 * @param kind what the folder holds: model, tokenizer, preprocess or training
 * @param recorded how many tensors, texts and checksums are recorded there
 * @param checks one for each of them
 */
public record CaseReport(String name, String kind, int recorded, List<Check> checks) {
  public CaseReport {
    checks = List.copyOf(checks);
  }

  /** How many recorded tensors, texts and checksums were computed and compared. */
  public long checked() {
    return checks.stream().filter(Check::compared).count();
  }

  /** Whether everything recorded was computed and agrees. */
  public boolean passed() {
    return recorded > 0 && checked() == recorded && checks.stream().allMatch(Check::passed);
  }

  /** The name of a case's folder. */
  static String nameOf(Path directory) {
    return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
  }
}
