package dev.fovea.models.layers;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;

/**
 * A table of vectors, read by index.
 *
 * @param weight [rows, hidden]
 */
public record Embedding(Parameter weight) {
  public static Embedding bind(Binder at, int rows, int hiddenSize) {
    return new Embedding(at.parameter("weight", rows, hiddenSize));
  }

  /**
   * The rows at these indices: [batch, length, hidden].
   *
   * @throws BadInputException if there is no such row: the tokenizer is another model's
   */
  public Tensor forward(Session session, Indices indices) {
    int rows = weight.shape().dim(0);
    for (int index : indices.values()) {
      if (index < 0 || index >= rows) {
        throw new BadInputException(
            "token %d is not among the %d of tensor '%s'; tokenizer and weights do not belong together"
                .formatted(index, rows, weight.name()));
      }
    }
    return session.gather(weight, indices);
  }

  /** The first rows, for positions: [count, hidden]. */
  public Tensor first(Session session, int count) {
    return session.weight(weight).narrow(0, 0, count);
  }
}
