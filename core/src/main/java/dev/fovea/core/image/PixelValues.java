package dev.fovea.core.image;

import java.util.List;
import java.util.Optional;

/**
 * What a model sees for each byte of a channel. There are only 256, so that every value is computed
 * once, in the order of operations of the reference.
 *
 * @param table [channel][byte]
 */
record PixelValues(float[][] table) {
  /** Mean and standard deviation of each channel. */
  record Normalization(List<Double> mean, List<Double> std) {}

  /** transformers: rescaled in double precision, kept and normalised in single precision. */
  static PixelValues ofTransformers(
      Optional<Double> factor, Optional<Normalization> normalization) {
    float[] rescaled = new float[256];
    for (int i = 0; i < rescaled.length; i++) {
      rescaled[i] = factor.isPresent() ? (float) (i * factor.get()) : i;
    }
    return normalized(rescaled, normalization);
  }

  /** torchvision: divided by 255 in single precision. */
  static PixelValues ofTorchvision(Normalization normalization) {
    float[] scaled = new float[256];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = i / 255f;
    }
    return normalized(scaled, Optional.of(normalization));
  }

  private static PixelValues normalized(float[] values, Optional<Normalization> normalization) {
    float[][] table = new float[Resize.CHANNELS][];
    for (int c = 0; c < table.length; c++) {
      table[c] = values.clone();
      if (normalization.isPresent()) {
        float mean = normalization.get().mean.get(c).floatValue();
        float std = normalization.get().std.get(c).floatValue();
        for (int i = 0; i < values.length; i++) {
          table[c][i] = (values[i] - mean) / std;
        }
      }
    }
    return new PixelValues(table);
  }
}
