package dev.fovea.models.training;

import java.util.Arrays;

/**
 * Multinomial logistic regression with an L2 penalty on the coefficients: minimises {@code C} times
 * the sum of cross-entropies plus half the squared length of the coefficients. The intercepts are
 * free. This is scikit-learn's {@code LogisticRegression}, and the linear probe of the CLIP paper
 * (appendix A.3).
 *
 * @param coefficients [classes][features]
 * @param intercepts [classes]
 */
public record LogisticRegression(
    double[][] coefficients, double[] intercepts, double objective, int iterations) {
  /**
   * Fits to labelled features.
   *
   * @param features [rows][features]
   * @param labels a class from 0 to classes - 1 per row
   * @param c inverse strength of the penalty
   * @throws IllegalArgumentException if the sizes or labels contradict each other
   */
  public static LogisticRegression fit(
      double[][] features, int[] labels, int classes, double c, int maxIterations) {
    check(features, labels, classes, c);
    int width = features[0].length;
    Lbfgs.Minimum minimum =
        Lbfgs.minimize(
            (x, gradient) -> evaluate(features, labels, classes, c, x, gradient),
            new double[classes * (width + 1)],
            1e-8 * Math.max(1, c * features.length),
            maxIterations);
    double[][] coefficients = new double[classes][width];
    double[] intercepts = new double[classes];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(minimum.x(), k * (width + 1), coefficients[k], 0, width);
      intercepts[k] = minimum.x()[k * (width + 1) + width];
    }
    return new LogisticRegression(coefficients, intercepts, minimum.value(), minimum.iterations());
  }

  /** The probability of every class. */
  public double[] probabilities(double[] features) {
    double[] logits = intercepts.clone();
    for (int k = 0; k < logits.length; k++) {
      for (int i = 0; i < features.length; i++) {
        logits[k] += coefficients[k][i] * features[i];
      }
    }
    softmax(logits);
    return logits;
  }

  /** Each class's row of x is its coefficients, then its intercept. */
  private static double evaluate(
      double[][] features, int[] labels, int classes, double c, double[] x, double[] gradient) {
    int width = features[0].length;
    int row = width + 1;
    Arrays.fill(gradient, 0);
    double loss = 0;
    double[] p = new double[classes];
    for (int n = 0; n < features.length; n++) {
      double[] feature = features[n];
      for (int k = 0; k < classes; k++) {
        double sum = x[k * row + width];
        for (int i = 0; i < width; i++) {
          sum += x[k * row + i] * feature[i];
        }
        p[k] = sum;
      }
      double wanted = p[labels[n]];
      loss += softmax(p) - wanted;
      for (int k = 0; k < classes; k++) {
        double g = c * (p[k] - (k == labels[n] ? 1 : 0));
        for (int i = 0; i < width; i++) {
          gradient[k * row + i] += g * feature[i];
        }
        gradient[k * row + width] += g;
      }
    }
    double penalty = 0;
    for (int k = 0; k < classes; k++) {
      for (int i = 0; i < width; i++) {
        double w = x[k * row + i];
        penalty += w * w / 2;
        gradient[k * row + i] += w;
      }
    }
    return c * loss + penalty;
  }

  /** Softmax in place; returns the logarithm of the sum of exponentials. */
  private static double softmax(double[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      logits[k] = Math.exp(logits[k] - max);
      sum += logits[k];
    }
    for (int k = 0; k < logits.length; k++) {
      logits[k] /= sum;
    }
    return max + Math.log(sum);
  }

  private static void check(double[][] features, int[] labels, int classes, double c) {
    if (features.length == 0 || features.length != labels.length) {
      throw new IllegalArgumentException(
          "%d rows of features and %d labels".formatted(features.length, labels.length));
    }
    for (int n = 0; n < features.length; n++) {
      if (features[n].length != features[0].length || labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            "row %d has %d features and label %d; expected %d features and a label below %d"
                .formatted(n, features[n].length, labels[n], features[0].length, classes));
      }
    }
    if (!(c > 0)) {
      throw new IllegalArgumentException("C must be positive, not " + c);
    }
  }
}
