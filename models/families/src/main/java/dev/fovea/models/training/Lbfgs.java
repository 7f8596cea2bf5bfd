package dev.fovea.models.training;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Minimises a smooth function of many variables with few evaluations (Nocedal and Wright, Numerical
 * Optimization, algorithms 7.5, 3.5 and 3.6). In double precision.
 */
public final class Lbfgs {
  private static final int MEMORY = 10;
  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final int MOST_TRIALS = 40;

  /** A function with its gradient. */
  @FunctionalInterface
  public interface Function {
    /**
     * The value at x.
     *
     * @param gradient receives the gradient
     */
    double evaluate(double[] x, double[] gradient);
  }

  /**
   * A minimum.
   *
   * @param converged whether the largest component of the gradient fell to the tolerance
   */
  public record Minimum(double[] x, double value, int iterations, boolean converged) {}

  private record Pair(double[] s, double[] y, double rho) {}

  /** A point on the search line: step length, value and slope. */
  private record Trial(double step, double value, double slope, double[] x, double[] gradient) {}

  private final Function function;
  private final Deque<Pair> pairs = new ArrayDeque<>();

  private Lbfgs(Function function) {
    this.function = function;
  }

  /** Walks down from a start until no component of the gradient is larger than the tolerance. */
  public static Minimum minimize(
      Function function, double[] start, double tolerance, int maxIterations) {
    return new Lbfgs(function).run(start.clone(), tolerance, maxIterations);
  }

  private Minimum run(double[] start, double tolerance, int maxIterations) {
    double[] gradient = new double[start.length];
    Trial at = new Trial(0, function.evaluate(start, gradient), 0, start, gradient);
    int iteration = 0;
    while (iteration < maxIterations && largest(at.gradient) > tolerance) {
      double[] direction = direction(at.gradient);
      double slope = dot(direction, at.gradient);
      double first = iteration == 0 ? Math.min(1, 1 / norm(at.gradient)) : 1;
      Trial next = search(at, direction, slope, first);
      if (next.step == 0) {
        break;
      }
      remember(at, next);
      at = next;
      iteration++;
    }
    return new Minimum(at.x, at.value, iteration, largest(at.gradient) <= tolerance);
  }

  /** The two-loop recursion: minus the inverse Hessian's estimate times the gradient. */
  private double[] direction(double[] gradient) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = pair.rho * dot(pair.s, q);
      add(q, -alphas[i++], pair.y);
    }
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      scale(q, 1 / (newest.rho * dot(newest.y, newest.y)));
    }
    for (Pair pair : pairs.reversed()) {
      add(q, alphas[--i] - pair.rho * dot(pair.y, q), pair.s);
    }
    scale(q, -1);
    return q;
  }

  private void remember(Trial before, Trial after) {
    double[] s = after.x.clone();
    add(s, -1, before.x);
    double[] y = after.gradient.clone();
    add(y, -1, before.gradient);
    double product = dot(s, y);
    if (product > 0) {
      pairs.addFirst(new Pair(s, y, 1 / product));
      if (pairs.size() > MEMORY) {
        pairs.removeLast();
      }
    }
  }

  /** A step that satisfies the strong Wolfe conditions, or 0 if rounding allows none. */
  private Trial search(Trial origin, double[] direction, double slope, double first) {
    Trial previous = new Trial(0, origin.value, slope, origin.x, origin.gradient);
    double step = first;
    for (int i = 0; i < MOST_TRIALS; i++) {
      Trial trial = trial(origin, direction, step);
      if (tooHigh(origin, slope, trial) || (i > 0 && trial.value >= previous.value)) {
        return zoom(origin, direction, slope, previous, trial);
      }
      if (Math.abs(trial.slope) <= -CURVATURE * slope) {
        return trial;
      }
      if (trial.slope >= 0) {
        return zoom(origin, direction, slope, trial, previous);
      }
      previous = trial;
      step *= 2;
    }
    return previous;
  }

  private Trial zoom(Trial origin, double[] direction, double slope, Trial low, Trial high) {
    Trial lower = low;
    Trial upper = high;
    for (int i = 0; i < MOST_TRIALS; i++) {
      Trial trial = trial(origin, direction, between(lower, upper));
      if (tooHigh(origin, slope, trial) || trial.value >= lower.value) {
        upper = trial;
      } else {
        if (Math.abs(trial.slope) <= -CURVATURE * slope) {
          return trial;
        }
        if (trial.slope * (upper.step - lower.step) >= 0) {
          upper = lower;
        }
        lower = trial;
      }
    }
    return lower;
  }

  /** The minimum of the parabola through both values and the lower slope, or the middle. */
  private static double between(Trial low, Trial high) {
    double width = high.step - low.step;
    double curvature = high.value - low.value - low.slope * width;
    double step = low.step - low.slope * width * width / (2 * curvature);
    double least = Math.min(low.step, high.step) + 0.1 * Math.abs(width);
    double most = Math.max(low.step, high.step) - 0.1 * Math.abs(width);
    return step >= least && step <= most ? step : low.step + width / 2;
  }

  private static boolean tooHigh(Trial origin, double slope, Trial trial) {
    return !(trial.value <= origin.value + SUFFICIENT_DECREASE * trial.step * slope);
  }

  private Trial trial(Trial origin, double[] direction, double step) {
    double[] x = origin.x.clone();
    add(x, step, direction);
    double[] gradient = new double[x.length];
    double value = function.evaluate(x, gradient);
    return new Trial(step, value, dot(gradient, direction), x, gradient);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static void add(double[] to, double factor, double[] x) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }

  private static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double value : x) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
