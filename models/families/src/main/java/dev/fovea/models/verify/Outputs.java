package dev.fovea.models.verify;

import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tap;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a replay computed, by recorded name. */
public final class Outputs {
  /** Values of one tensor, row-major. */
  record Value(Shape shape, double[] values) {
    static Value of(float[] values, int... dims) {
      double[] widened = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        widened[i] = values[i];
      }
      return new Value(Shape.of(dims), widened);
    }
  }

  private final Map<String, Value> tensors = new LinkedHashMap<>();
  private final Map<String, List<String>> strings = new LinkedHashMap<>();

  /** Takes the values of a tensor. */
  public void put(String name, Tensor tensor) {
    put(name, tensor.toFloats(), tensor.shape().dims());
  }

  /** Takes plain values, row-major. */
  public void put(String name, float[] values, int... dims) {
    tensors.put(name, Value.of(values, dims));
  }

  /** Takes one row of numbers. */
  public void put(String name, double... values) {
    tensors.put(name, new Value(Shape.of(values.length), values));
  }

  /** Takes a matrix. */
  void put(String name, double[][] rows) {
    int width = rows.length == 0 ? 0 : rows[0].length;
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    tensors.put(name, new Value(Shape.of(rows.length, width), values));
  }

  /** Takes integers, [batch, length]. */
  public void put(String name, Indices indices) {
    double[] widened = new double[indices.values().length];
    for (int i = 0; i < widened.length; i++) {
      widened[i] = indices.values()[i];
    }
    tensors.put(name, new Value(Shape.of(indices.batch(), indices.length()), widened));
  }

  /** Takes texts. */
  public void put(String name, List<String> texts) {
    strings.put(name, List.copyOf(texts));
  }

  /**
   * Takes what a classifier gives: logits, probabilities, and the best label of every row.
   *
   * @param prefix stands before the names {@code logits}, {@code probs} and {@code labels}
   * @param logits [batch, classes]
   */
  public void putClasses(String prefix, Tensor logits, List<String> labels) {
    put(prefix + "logits", logits);
    put(prefix + "probs", logits.softmax());
    float[] values = logits.toFloats();
    List<String> best = new ArrayList<>();
    for (int row = 0; row < logits.dim(0); row++) {
      int top = 0;
      for (int i = 1; i < labels.size(); i++) {
        top = values[row * labels.size() + i] > values[row * labels.size() + top] ? i : top;
      }
      best.add(labels.get(top));
    }
    put(prefix + "labels", best);
  }

  /** A tap that takes the intermediates that have recorded names. */
  public Tap tap(Names names) {
    return new Tap() {
      @Override
      public boolean wants(String path) {
        return !names.of(path).isEmpty();
      }

      @Override
      public Tensor take(String path, Tensor value) {
        names.of(path).forEach(name -> put(name, value));
        return value;
      }
    };
  }

  /** Brings [batch, rows * columns, width] of square pictures to [batch, width, rows, columns]. */
  public void tokensToGrid(String name) {
    tensors.computeIfPresent(name, (key, value) -> tokensToGrid(value));
  }

  private static Value tokensToGrid(Value tokens) {
    int batch = tokens.shape().dim(0);
    int count = tokens.shape().dim(1);
    int width = tokens.shape().dim(2);
    int side = (int) Math.round(Math.sqrt(count));
    double[] grid = new double[tokens.values().length];
    for (int b = 0; b < batch; b++) {
      for (int t = 0; t < count; t++) {
        for (int w = 0; w < width; w++) {
          grid[(b * width + w) * count + t] = tokens.values()[(b * count + t) * width + w];
        }
      }
    }
    return new Value(Shape.of(batch, width, side, side), grid);
  }

  Optional<Value> tensor(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  Optional<List<String>> texts(String name) {
    return Optional.ofNullable(strings.get(name));
  }
}
