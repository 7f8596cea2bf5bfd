package dev.fovea.models.verify;

import dev.fovea.models.training.LogisticRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Linear probes with several penalties on one set of features. */
final class ProbeCase {
  static final Set<String> INPUTS = Set.of("X", "y", "X_test", "y_test");
  private static final double OBJECTIVE_TOLERANCE = 1e-6;
  private static final int MOST_ITERATIONS = 10_000;

  private ProbeCase() {}

  static boolean accepts(TrainingCase recorded) {
    return recorded.holds("X", "y", "X_test", "y_test");
  }

  /** Returns the checks of what is no tensor. */
  static List<Check> run(TrainingCase recorded, Outputs outputs) {
    List<Check> objectives = new ArrayList<>();
    double[][] features = rows(recorded, "X");
    double[][] test = rows(recorded, "X_test");
    int[] labels = Arrays.stream(recorded.values("y")).mapToInt(v -> (int) v).toArray();
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    for (Map.Entry<String, JsonNode> entry : recorded.description().path("runs").properties()) {
      double c = entry.getValue().path("C").doubleValue();
      LogisticRegression fitted =
          LogisticRegression.fit(features, labels, classes, c, MOST_ITERATIONS);
      objectives.add(objective(entry.getKey(), entry.getValue(), fitted));
      double[][] probabilities =
          Arrays.stream(test).map(fitted::probabilities).toArray(double[][]::new);
      outputs.put("coef." + entry.getKey(), fitted.coefficients());
      outputs.put("intercept." + entry.getKey(), centred(fitted, recorded, entry.getKey()));
      outputs.put("proba." + entry.getKey(), probabilities);
    }
    return objectives;
  }

  private static double[] centred(LogisticRegression fitted, TrainingCase recorded, String run) {
    // Intercepts are defined up to a common constant.
    double[] wanted = recorded.values("intercept." + run);
    double shift =
        Arrays.stream(wanted).average().orElseThrow()
            - Arrays.stream(fitted.intercepts()).average().orElseThrow();
    return Arrays.stream(fitted.intercepts()).map(v -> v + shift).toArray();
  }

  private static Check objective(String name, JsonNode run, LogisticRegression fitted) {
    double wanted = run.path("objective").doubleValue();
    double allowed = OBJECTIVE_TOLERANCE * wanted;
    double error = Math.abs(fitted.objective() - wanted);
    String problem =
        error <= allowed ? "" : "is %.9g, recorded is %.9g".formatted(fitted.objective(), wanted);
    return new Check("probe/objective." + name, error, error / wanted, allowed, problem);
  }

  private static double[][] rows(TrainingCase recorded, String tensor) {
    double[] values = recorded.values(tensor);
    int width = recorded.dims(tensor)[1];
    double[][] rows = new double[values.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }
}
