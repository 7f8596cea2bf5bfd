package dev.fovea.models;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Session;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.image.Pixels;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Pictures of one size, ready for a model.
 *
 * @param values [batch, channels, height, width], row-major
 */
public record PixelBatch(float[] values, int batch, int channels, int height, int width) {
  /** How many items run at once: enough to fill the kernels, few enough to bound memory. */
  private static final int BATCH_SIZE = 16;

  /** Prepares pictures as the model's preprocessor_config.json says. */
  public static PixelBatch of(ImageProcessor processor, List<Image> images) {
    List<Pixels> all = images.stream().map(processor::process).toList();
    if (all.isEmpty()) {
      return new PixelBatch(new float[0], 0, 0, 0, 0);
    }
    Pixels first = all.getFirst();
    float[] values = new float[Math.multiplyExact(all.size(), first.values().length)];
    for (int i = 0; i < all.size(); i++) {
      Pixels pixels = all.get(i);
      if (pixels.height() != first.height() || pixels.width() != first.width()) {
        throw new BadInputException(
            "pictures of %dx%d and %dx%d cannot share a batch; the preprocessor_config.json does not bring them to one size"
                .formatted(first.width(), first.height(), pixels.width(), pixels.height()));
      }
      System.arraycopy(
          pixels.values(), 0, values, i * pixels.values().length, pixels.values().length);
    }
    return new PixelBatch(values, all.size(), first.channels(), first.height(), first.width());
  }

  /** The pictures as a tensor: [batch, channels, height, width]. */
  public Tensor toTensor(Session session) {
    return session.tensor(values, batch, channels, height, width);
  }

  /** Runs a function on pieces of a list, and joins the rows that it returns. */
  public static <T> float[][] inBatches(List<T> items, Function<List<T>, float[][]> function) {
    List<float[]> rows = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i += BATCH_SIZE) {
      List<T> batch = items.subList(i, Math.min(i + BATCH_SIZE, items.size()));
      rows.addAll(Arrays.asList(function.apply(batch)));
    }
    return rows.toArray(float[][]::new);
  }

  /** The rows of a matrix, [rows, columns], as plain values. */
  public static float[][] rows(Tensor matrix) {
    float[] values = matrix.toFloats();
    int columns = matrix.dim(1);
    float[][] rows = new float[matrix.dim(0)][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
    }
    return rows;
  }
}
