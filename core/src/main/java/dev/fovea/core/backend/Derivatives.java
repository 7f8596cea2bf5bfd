package dev.fovea.core.backend;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;

/**
 * The derivatives that are not made of other operations: what training needs of a backend beyond
 * inference. {@code gradient} is always that of the operation's result, in its shape. Outputs hold
 * garbage before, unless said otherwise; the rules of {@link Backend} hold for views, empty tensors
 * and threads.
 */
public interface Derivatives {
  /** out = gradient * activation'(x). */
  void activation(Activation activation, Tensor x, Tensor gradient, Tensor out);

  /**
   * Layer normalisation, xhat = (x - mean) / sqrt(variance + eps).
   *
   * @param xGradient (g·w - mean(g·w) - xhat · mean(g·w · xhat)) / sqrt(variance + eps)
   * @param weightGradient [hidden], the sum of gradient · xhat over all rows
   * @param biasGradient [hidden], the sum of gradient over all rows
   */
  void layerNorm(
      Tensor x,
      Tensor weight,
      double eps,
      Tensor gradient,
      Tensor xGradient,
      Tensor weightGradient,
      Tensor biasGradient);

  /**
   * Scaled dot-product attention; the probabilities p are computed again. With dp = gradient · vᵀ
   * and ds = p · (dp - sum(p · dp)): the gradient of q is scale · ds · k, of k scale · dsᵀ · q, of
   * v pᵀ · gradient; heads that share keys add up.
   */
  void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Tensor gradient,
      Tensor qGradient,
      Tensor kGradient,
      Tensor vGradient);

  /**
   * out[indices[b, t]] += gradient[b, t].
   *
   * @param out [rows, hidden], which holds the values to add to
   */
  void scatterAdd(Tensor gradient, Indices indices, Tensor out);

  /**
   * The gradient of a convolution's input.
   *
   * @param weight [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @param out [batch, inChannels, height, width]
   */
  void conv2dInput(Tensor gradient, Tensor weight, Conv2d window, Tensor out);

  /**
   * The gradient of a convolution's weight.
   *
   * @param out [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   */
  void conv2dWeight(Tensor x, Tensor gradient, Conv2d window, Tensor out);

  /** The gradient of {@link Backend#patchify}'s input; rows and columns that it ignored get 0. */
  void patchify(Tensor gradient, int patch, Tensor out);

  /** The gradient of the input: each window's goes to its first largest element. */
  void maxPool2d(Tensor x, Conv2d window, Tensor gradient, Tensor out);

  /** The gradient of the input: each window's is shared equally. */
  void averagePool2d(Tensor gradient, Conv2d window, Tensor out);

  /** The gradient of {@link Backend#interpolateBicubic}'s input. */
  void interpolateBicubic(Tensor gradient, double scaleHeight, double scaleWidth, Tensor out);
}
