package dev.fovea.models.verify;

import dev.fovea.core.tensor.Shape;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** Compares pictures of which only statistics and some points are recorded. */
final class PixelStatistics {
  private double worst;
  private double largest;

  private PixelStatistics() {}

  /**
   * Compares mean, standard deviation and range of the channels and the recorded points.
   *
   * @param values [channels, height, width]
   */
  static Check compare(String name, Outputs.Value values, JsonNode recorded, double tolerance) {
    Shape shape = values.shape();
    int[] dims = recorded.path("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
    if (!Arrays.equals(shape.dims(), dims)) {
      return Check.failed(
          name, "has shape %s, recorded is %s".formatted(shape, recorded.path("shape")));
    }
    PixelStatistics statistics = new PixelStatistics();
    int plane = shape.dim(1) * shape.dim(2);
    for (int c = 0; c < shape.dim(0); c++) {
      double[] channel = Arrays.copyOfRange(values.values(), c * plane, (c + 1) * plane);
      double mean = Arrays.stream(channel).average().orElse(Double.NaN);
      double variance =
          Arrays.stream(channel).map(v -> (v - mean) * (v - mean)).sum() / (plane - 1);
      statistics.add(mean, recorded.path("mean_per_channel").path(c));
      statistics.add(Math.sqrt(variance), recorded.path("std_per_channel").path(c));
    }
    statistics.add(Arrays.stream(values.values()).min().orElseThrow(), recorded.path("min"));
    statistics.add(Arrays.stream(values.values()).max().orElseThrow(), recorded.path("max"));
    for (JsonNode point : recorded.path("samples_yx_rgb")) {
      int at = point.path(0).asInt(-1) * shape.dim(2) + point.path(1).asInt(-1);
      for (int c = 0; c < shape.dim(0); c++) {
        statistics.add(values.values()[c * plane + at], point.path(2 + c));
      }
    }
    return statistics.check(name, tolerance);
  }

  /**
   * Compares the mean of each channel.
   *
   * @param rgb interleaved bytes
   */
  static Check compareMeans(String name, byte[] rgb, JsonNode recorded, double tolerance) {
    PixelStatistics statistics = new PixelStatistics();
    for (int c = 0; c < 3; c++) {
      long sum = 0;
      for (int i = c; i < rgb.length; i += 3) {
        sum += rgb[i] & 0xff;
      }
      statistics.add(sum / (rgb.length / 3.0), recorded.path(c));
    }
    return statistics.check(name, tolerance);
  }

  private void add(double computed, JsonNode recorded) {
    double wanted = recorded.asDouble(Double.NaN);
    double error = Math.abs(computed - wanted);
    worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
    largest = Math.max(largest, Math.abs(wanted));
  }

  private Check check(String name, double tolerance) {
    String problem =
        worst <= tolerance
            ? ""
            : "a statistic or point is off by %.3g, allowed is %.3g".formatted(worst, tolerance);
    return new Check(name, worst, largest == 0 ? worst : worst / largest, tolerance, problem);
  }
}
