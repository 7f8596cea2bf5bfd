package dev.fovea.models.clip;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.models.training.AdamW;
import dev.fovea.models.training.ParameterGroup;
import dev.fovea.models.training.Schedule;
import dev.fovea.models.verify.TrainingCase;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a recorded AdamW run, which the recording gives in words, as in {@code 20 AdamW
 * steps, base lr 2e-3, betas (0.9, 0.98), eps 1e-6, weight decay 0.2 on parameters with 2 or more
 * dimensions only, gradient norm clipped to 1.0, lr = base*(t+1)/5 for t<5 then
 * base*(1+cos(pi*(t-5)/15))/2, logit_scale clamped to [0, ln 100] after each step}.
 */
record TrainingSettings(
    Schedule schedule,
    double beta1,
    double beta2,
    double eps,
    double weightDecay,
    boolean decaysMatricesOnly,
    OptionalDouble maxNorm,
    boolean clampsScale) {
  private static final String NUMBER = "([0-9.]+(?:e-?[0-9]+)?)";

  static TrainingSettings read(TrainingCase recorded) {
    String what = recorded.description().path("what").asString();
    double rate = number(recorded, what, "lr " + NUMBER);
    Matcher cosine =
        Pattern.compile("for t<(\\d+) then base\\*\\(1\\+cos\\(pi\\*\\(t-\\d+\\)/(\\d+)\\)\\)/2")
            .matcher(what);
    Schedule schedule = Schedule.constant(rate);
    if (cosine.find()) {
      int warmUp = Integer.parseInt(cosine.group(1));
      schedule = Schedule.cosine(rate, warmUp, warmUp + Integer.parseInt(cosine.group(2)));
    }
    Matcher clipped = Pattern.compile("norm clipped to " + NUMBER).matcher(what);
    return new TrainingSettings(
        schedule,
        number(recorded, what, "betas \\(" + NUMBER),
        number(recorded, what, "betas \\([0-9.]+, " + NUMBER),
        number(recorded, what, "eps " + NUMBER),
        number(recorded, what, "weight decay " + NUMBER),
        what.contains("2 or more dimensions only"),
        clipped.find()
            ? OptionalDouble.of(Double.parseDouble(clipped.group(1)))
            : OptionalDouble.empty(),
        what.contains("logit_scale clamped to [0, ln 100]"));
  }

  AdamW optimizer(List<Parameter> parameters) {
    List<ParameterGroup> groups =
        decaysMatricesOnly
            ? ParameterGroup.decayMatrices(parameters, weightDecay)
            : List.of(new ParameterGroup(parameters, weightDecay));
    return new AdamW(groups, beta1, beta2, eps);
  }

  private static double number(TrainingCase recorded, String what, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(what);
    if (!matcher.find()) {
      throw new BadInputException(
          "%s: the words '%s' do not say %s".formatted(recorded.name(), what, pattern));
    }
    return Double.parseDouble(matcher.group(1));
  }
}
