package dev.fovea.models.training;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import java.util.stream.IntStream;

/** Losses; each returns one element, the mean over what it counts. */
public final class Losses {
  private Losses() {}

  /** Cross-entropy over the innermost dimension; every target counts. */
  public static Tensor crossEntropy(Tensor logits, int... targets) {
    return crossEntropy(logits, targets, Integer.MIN_VALUE, 0);
  }

  /**
   * Cross-entropy over the innermost dimension, as PyTorch's {@code cross_entropy}.
   *
   * @param logits [rows, classes]
   * @param targets a class per row
   * @param ignoreIndex rows with this target do not count
   * @param labelSmoothing weight of the uniform distribution in the target (Szegedy et al. 2016,
   *     section 7)
   * @throws IllegalArgumentException if a target is no class, or no row counts
   */
  public static Tensor crossEntropy(
      Tensor logits, int[] targets, int ignoreIndex, double labelSmoothing) {
    int rows = logits.dim(0);
    int classes = logits.dim(1);
    if (targets.length != rows) {
      throw new IllegalArgumentException(
          "%d targets for logits %s".formatted(targets.length, logits.shape()));
    }
    long counted = IntStream.of(targets).filter(t -> t != ignoreIndex).count();
    if (counted == 0) {
      throw new IllegalArgumentException("no target counts; all are ignored");
    }
    float[] weights = new float[Math.multiplyExact(rows, classes)];
    for (int row = 0; row < rows; row++) {
      int target = targets[row];
      if (target == ignoreIndex) {
        continue;
      }
      if (target < 0 || target >= classes) {
        throw new IllegalArgumentException(
            "target %d is none of %d classes".formatted(target, classes));
      }
      for (int c = 0; c < classes; c++) {
        weights[row * classes + c] = (float) (labelSmoothing / classes);
      }
      weights[row * classes + target] += (float) (1 - labelSmoothing);
    }
    Tensor wanted = logits.session().tensor(weights, rows, classes);
    return total(logits.logSoftmax().times(wanted)).times(-1.0 / counted);
  }

  /**
   * Symmetric InfoNCE: picture i belongs to text i and to no other. CLIP, figure 3 (Radford et al.
   * 2021).
   *
   * @param logitsPerImage [n, n], cosines times the temperature's inverse
   */
  public static Tensor infoNce(Tensor logitsPerImage) {
    int[] diagonal = IntStream.range(0, logitsPerImage.dim(0)).toArray();
    Tensor image = crossEntropy(logitsPerImage, diagonal);
    Tensor text = crossEntropy(logitsPerImage.permute(1, 0), diagonal);
    return image.plus(text).times(0.5);
  }

  /**
   * Every pair is a yes-no question of its own. SigLIP, algorithm 1 (Zhai et al. 2023).
   *
   * @param logitsPerImage [n, n], scale times cosine plus bias
   */
  public static Tensor sigmoid(Tensor logitsPerImage) {
    int n = logitsPerImage.dim(0);
    float[] signs = new float[n * n];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = i % (n + 1) == 0 ? 1 : -1;
    }
    Tensor sign = logitsPerImage.session().tensor(signs, n, n);
    return total(softplus(logitsPerImage.times(sign).times(-1))).times(1.0 / n);
  }

  /**
   * Binary cross-entropy of logits.
   *
   * @param logits [n]
   * @param targets probabilities from 0 to 1
   */
  public static Tensor binary(Tensor logits, float... targets) {
    Tensor wanted = logits.session().tensor(targets, logits.shape().dims());
    // -t log s(x) - (1 - t) log(1 - s(x)) = softplus(x) - t x
    return mean(softplus(logits).minus(logits.times(wanted)));
  }

  /**
   * How well the better one of each pair scores above the worse one: -log s(better - worse).
   * RankNet, section 3 (Burges et al. 2005).
   *
   * @param better [n]
   * @param worse [n]
   */
  public static Tensor pairwise(Tensor better, Tensor worse) {
    return mean(softplus(worse.minus(better)));
  }

  /** log(1 + exp(x)) = relu(x) - log(sigmoid(|x|)), which does not overflow. */
  private static Tensor softplus(Tensor x) {
    Tensor positive = x.activate(Activation.RELU);
    Tensor size = positive.plus(x.times(-1).activate(Activation.RELU));
    return positive.minus(size.activate(Activation.SIGMOID).log());
  }

  private static Tensor mean(Tensor x) {
    return total(x).times(1.0 / x.shape().elementCount());
  }

  private static Tensor total(Tensor x) {
    return x.reshape(1, -1).sum().reshape(1);
  }
}
