package dev.fovea.models.training;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), as PyTorch has it.
 */
public final class AdamW implements Optimizer {
  private final Map<Parameter, Moments> moments = new LinkedHashMap<>();
  private final double beta1;
  private final double beta2;
  private final double eps;
  private int steps;

  private record Moments(MasterCopy values, float[] first, float[] second, double weightDecay) {}

  /** An optimiser with the usual betas 0.9 and 0.999 and eps 1e-8. */
  public static AdamW of(List<ParameterGroup> groups) {
    return new AdamW(groups, 0.9, 0.999, 1e-8);
  }

  public AdamW(List<ParameterGroup> groups, double beta1, double beta2, double eps) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.eps = eps;
    for (ParameterGroup group : groups) {
      for (Parameter parameter : group.parameters()) {
        MasterCopy values = MasterCopy.of(parameter);
        int size = values.array().length;
        Moments before =
            moments.put(
                parameter,
                new Moments(values, new float[size], new float[size], group.weightDecay()));
        if (before != null) {
          throw new IllegalArgumentException(parameter + " is in two groups");
        }
      }
    }
  }

  @Override
  public void step(Map<Parameter, float[]> gradients, double learningRate) {
    steps++;
    double correction1 = 1 - Math.pow(beta1, steps);
    double correction2 = Math.sqrt(1 - Math.pow(beta2, steps));
    moments.forEach(
        (parameter, m) -> {
          float[] gradient = gradients.get(parameter);
          if (gradient != null) {
            update(m, gradient, learningRate, learningRate / correction1, correction2);
            m.values.publish();
          }
        });
  }

  private void update(Moments m, float[] gradient, double rate, double step, double root) {
    float[] values = m.values.array();
    float kept = (float) (1 - rate * m.weightDecay);
    float b1 = (float) beta1;
    float b2 = (float) beta2;
    float fresh1 = (float) (1 - beta1);
    float fresh2 = (float) (1 - beta2);
    float inverseRoot = (float) (1 / root);
    float small = (float) eps;
    float size = (float) step;
    for (int i = 0; i < values.length; i++) {
      float g = gradient[i];
      m.first[i] = b1 * m.first[i] + fresh1 * g;
      m.second[i] = b2 * m.second[i] + fresh2 * g * g;
      float denominator = (float) Math.sqrt(m.second[i]) * inverseRoot + small;
      values[i] = values[i] * kept - size * m.first[i] / denominator;
    }
  }

  /** Brings every value of a parameter into a range, as CLIP does with its logit scale. */
  public void clamp(Parameter parameter, float least, float most) {
    Moments found = moments.get(parameter);
    if (found == null) {
      throw new IllegalArgumentException(parameter + " is not trained here");
    }
    MasterCopy copy = found.values;
    float[] values = copy.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.clamp(values[i], least, most);
    }
    copy.publish();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    moments.forEach(
        (parameter, m) -> {
          state.put(parameter.name() + ".exp_avg", m.first.clone());
          state.put(parameter.name() + ".exp_avg_sq", m.second.clone());
        });
    return state;
  }

  @Override
  public void restore(Map<String, float[]> state, int stepsSoFar) {
    moments.forEach(
        (parameter, m) -> {
          copy(state, parameter.name() + ".exp_avg", m.first);
          copy(state, parameter.name() + ".exp_avg_sq", m.second);
        });
    steps = stepsSoFar;
  }

  private static void copy(Map<String, float[]> state, String name, float[] to) {
    float[] from = state.get(name);
    if (from == null || from.length != to.length) {
      throw new BadInputException(
          "the optimiser's state has %s values of %s, this model needs %d"
              .formatted(from == null ? "no" : from.length, name, to.length));
    }
    System.arraycopy(from, 0, to, 0, to.length);
  }
}
