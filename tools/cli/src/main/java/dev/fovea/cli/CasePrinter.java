package dev.fovea.cli;

import dev.fovea.core.json.Json;
import dev.fovea.models.verify.CaseReport;
import dev.fovea.models.verify.Check;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints how recorded cases came out. */
final class CasePrinter {
  private final Console console;
  private final boolean json;
  private final boolean all;
  private int cases;
  private int failedCases;
  private long checked;
  private long recorded;

  CasePrinter(Console console, boolean json, boolean all) {
    this.console = console;
    this.json = json;
    this.all = all;
  }

  int failedCases() {
    return failedCases;
  }

  String summary() {
    return "%d of %d cases passed, %d of %d recorded tensors and texts checked"
        .formatted(cases - failedCases, cases, checked, recorded);
  }

  /** A case that could not be replayed at all. */
  void broken(Path directory, String problem) {
    cases++;
    failedCases++;
    if (json) {
      console.print(
          Json.mapper()
              .createObjectNode()
              .put("case", String.valueOf(directory.getFileName()))
              .put("passed", false)
              .put("error", problem)
              .toString());
    } else {
      console.print("FAIL  %s: %s".formatted(directory.getFileName(), problem));
    }
  }

  void replayed(CaseReport report) {
    cases++;
    failedCases += report.passed() ? 0 : 1;
    checked += report.checked();
    recorded += report.recorded();
    console.print(json ? json(report).toString() : text(report));
  }

  private String text(CaseReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s  %-28s %-10s %d/%d checked"
            .formatted(
                report.passed() ? "pass" : "FAIL",
                report.name(),
                report.kind(),
                report.checked(),
                report.recorded()));
    for (Check check : report.checks()) {
      if (all || !check.passed()) {
        text.append(System.lineSeparator()).append(line(check));
      }
    }
    return text.toString();
  }

  private static String line(Check check) {
    String numbers =
        Double.isNaN(check.maxAbsoluteError())
            ? " ".repeat(38)
            : String.format(
                Locale.ROOT,
                "abs %8.2e rel %8.2e of %8.2e",
                check.maxAbsoluteError(),
                check.maxRelativeError(),
                check.tolerance());
    return "%s  %-36s %s  %s"
        .formatted(check.passed() ? "  pass" : "  FAIL", check.name(), numbers, check.problem())
        .stripTrailing();
  }

  private static ObjectNode json(CaseReport report) {
    ObjectNode node =
        Json.mapper()
            .createObjectNode()
            .put("case", report.name())
            .put("kind", report.kind())
            .put("passed", report.passed())
            .put("checked", report.checked())
            .put("recorded", report.recorded());
    ArrayNode checks = node.putArray("checks");
    for (Check check : report.checks()) {
      ObjectNode entry = checks.addObject().put("name", check.name()).put("passed", check.passed());
      if (!Double.isNaN(check.maxAbsoluteError())) {
        entry
            .put("maxAbsoluteError", check.maxAbsoluteError())
            .put("maxRelativeError", check.maxRelativeError())
            .put("tolerance", check.tolerance());
      }
      if (!check.problem().isEmpty()) {
        entry.put("problem", check.problem());
      }
    }
    return node;
  }
}
