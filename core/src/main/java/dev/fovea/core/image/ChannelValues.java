package dev.fovea.core.image;

import dev.fovea.core.checkpoint.Config;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads values that a configuration gives for each colour channel. */
final class ChannelValues {
  private ChannelValues() {}

  /** Mean and standard deviation: a list of three numbers each, or one for all. */
  static PixelValues.Normalization normalization(
      Config config, String meanField, String stdField, PixelValues.Normalization absent) {
    List<Double> mean = config.has(meanField) ? three(config, meanField) : absent.mean();
    List<Double> std = config.has(stdField) ? three(config, stdField) : absent.std();
    for (double value : std) {
      if ((float) value <= 0) {
        throw config.wrong(stdField, "numbers above 0");
      }
    }
    return new PixelValues.Normalization(mean, std);
  }

  private static List<Double> three(Config config, String field) {
    JsonNode value = config.node(field);
    if (value.isNumber()) {
      double number = config.number(field, 0);
      return List.of(number, number, number);
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isNumber() || !Double.isFinite(element.doubleValue())) {
        throw config.wrong(field, "three numbers");
      }
      numbers.add(element.doubleValue());
    }
    if (!value.isArray() || numbers.size() != Resize.CHANNELS) {
      throw config.wrong(field, "three numbers");
    }
    return numbers;
  }

  /** A colour: [red, green, blue], each from 0 to 255. */
  static Rgb color(Config config, String field) {
    JsonNode value = config.node(field);
    boolean valid = value.isArray() && value.size() == Resize.CHANNELS;
    for (JsonNode element : value) {
      valid &= element.isInt() && element.intValue() >= 0 && element.intValue() <= 255;
    }
    if (!valid) {
      throw config.wrong(field, "three whole numbers from 0 to 255");
    }
    return new Rgb(value.get(0).intValue(), value.get(1).intValue(), value.get(2).intValue());
  }
}
