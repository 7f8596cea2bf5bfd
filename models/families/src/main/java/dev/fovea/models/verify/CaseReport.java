package dev.fovea.models.verify;

import java.util.List;

/**
 * The result of one case.
 *
 * @param kind what the folder holds: model, tokenizer, preprocess or training
 * @param recorded how many tensors and texts are recorded there
 * @param checks one for each of them
 */
public record CaseReport(String name, String kind, int recorded, List<Check> checks) {
  /** How many recorded tensors and texts were computed and compared. */
  public long checked() {
    return checks.stream().filter(c -> !Double.isNaN(c.maxAbsoluteError())).count();
  }

  public boolean passed() {
    return checks.size() == recorded && checks.stream().allMatch(Check::passed);
  }
}
