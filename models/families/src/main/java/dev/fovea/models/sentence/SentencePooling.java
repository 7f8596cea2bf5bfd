package dev.fovea.models.sentence;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How the states of a text's tokens become one vector; several ways are put side by side.
 *
 * @param modes the ways, in the order of their results
 */
public record SentencePooling(List<Mode> modes) {
  /** One way to pool. */
  public enum Mode {
    /** The first token. */
    CLS("cls", "pooling_mode_cls_token"),
    /** The largest value of every channel. */
    MAX("max", "pooling_mode_max_tokens"),
    /** The mean over the tokens. */
    MEAN("mean", "pooling_mode_mean_tokens"),
    /** The sum over the tokens divided by the square root of their number. */
    MEAN_SQRT_LEN("mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens");

    private final String configName;
    private final String flag;

    Mode(String configName, String flag) {
      this.configName = configName;
      this.flag = flag;
    }

    /** What recordings call the result, as in {@code mean_pooled}. */
    String recordedName() {
      return name().toLowerCase(Locale.ROOT) + "_pooled";
    }
  }

  /** Flags of ways that are not built. */
  private static final List<String> UNKNOWN_FLAGS =
      List.of("pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken");

  public SentencePooling {
    modes = List.copyOf(modes);
  }

  /**
   * Reads the config.json of a pooling module.
   *
   * @throws BadInputException if it asks for a way that is not known, or for none
   */
  static SentencePooling read(Config config) {
    for (String flag : UNKNOWN_FLAGS) {
      if (config.flag(flag, false)) {
        throw config.wrong(flag, "false; this way of pooling is not known");
      }
    }
    List<Mode> modes = new ArrayList<>();
    String named = config.text("pooling_mode", "");
    for (Mode mode : Mode.values()) {
      if (named.isEmpty() ? config.flag(mode.flag, false) : named.equals(mode.configName)) {
        modes.add(mode);
      }
    }
    if (modes.isEmpty()) {
      throw named.isEmpty()
          ? new BadInputException(config.source() + ": no pooling mode is switched on")
          : config.wrong("pooling_mode", "cls, max, mean or mean_sqrt_len_tokens");
    }
    return new SentencePooling(modes);
  }

  /** The length of the result for states of a width. */
  int dimension(int hiddenSize) {
    return Math.multiplyExact(modes.size(), hiddenSize);
  }

  /**
   * One vector per text.
   *
   * @param states [batch, tokens, hidden]
   * @param attentionMask [batch, tokens], 0 at padding
   * @return [batch, modes * hidden]
   */
  public Tensor pool(Tensor states, Indices attentionMask) {
    return Tensor.concat(
        1, modes.stream().map(mode -> pool(mode, states, attentionMask)).toArray(Tensor[]::new));
  }

  static Tensor pool(Mode mode, Tensor states, Indices mask) {
    return switch (mode) {
      case CLS -> states.select(1, 0);
      case MAX -> byChannel(states).plus(perToken(states, mask, 0, -1e9f)).max().select(2, 0);
      case MEAN -> sum(states, mask).dividedBy(counts(states, mask));
      case MEAN_SQRT_LEN -> sum(states, mask).dividedBy(counts(states, mask).sqrt());
    };
  }

  private static Tensor sum(Tensor states, Indices mask) {
    return byChannel(states).times(perToken(states, mask, 1, 0)).sum().select(2, 0);
  }

  private static Tensor byChannel(Tensor states) {
    return states.permute(0, 2, 1);
  }

  /** [batch, 1, tokens] with one value at tokens and another at padding. */
  private static Tensor perToken(Tensor states, Indices mask, float atToken, float atPadding) {
    float[] values = new float[mask.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.values()[i] != 0 ? atToken : atPadding;
    }
    return states.session().tensor(values, mask.batch(), 1, mask.length());
  }

  /** How many tokens each text has: [batch, 1]. */
  private static Tensor counts(Tensor states, Indices mask) {
    return perToken(states, mask, 1, 0).sum().reshape(mask.batch(), 1);
  }
}
