package dev.fovea.core.backend;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.BinaryOp;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.ReduceOp;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.tensor.UnaryOp;
import java.util.Optional;

/**
 * The operations that run models. Coarse on purpose: fusing and device round trips pay only on
 * large calls, and the reference stays short enough to be read as the specification.
 *
 * <p>Shapes are checked by the caller (the methods of {@link Tensor}); results go to {@code out},
 * which never overlaps an input, is contiguous, and holds garbage before. Inputs may be views:
 * outer strides are free, the innermost stride is 1, or 0 where a broadcast repeats one element.
 * Empty tensors are legal everywhere. Implementations are thread-safe; results do not depend on the
 * number of threads, bit for bit.
 */
public interface Backend extends AutoCloseable {
  /** Its name on the command line, as in {@code vector}. */
  String name();

  /** One line for people: name, vector width, threads. */
  String describe();

  /** The number of threads that share one operation. */
  int threads();

  /** The type of activations: F32, or F64 for gradient checks on the reference. */
  DType computeType();

  /** Memory for activations of {@link #computeType}; the content is garbage. */
  Storage allocate(long elements);

  /** Takes back memory that nothing reads any more, to hand it out again. */
  void recycle(Storage storage);

  /** Copies plain values into storage from element {@code offset} on. */
  void write(float[] values, Storage storage, long offset);

  /** The values of a tensor, row-major, as f32. */
  float[] read(Tensor tensor);

  /** The values of a parameter in {@link #computeType}: for biases, norms and position tables. */
  Storage widen(Parameter parameter);

  /**
   * Brings a weight into the layout that {@link #linear} reads. The first dimension counts output
   * features, all others together input features.
   */
  PackedWeight pack(Parameter weight);

  /**
   * out = activation(x · weightᵀ + bias).
   *
   * @param x [..., inFeatures]
   * @param bias [outFeatures]
   * @param out [..., outFeatures]
   */
  void linear(
      Tensor x, PackedWeight weight, Optional<Tensor> bias, Activation activation, Tensor out);

  /**
   * out = a · bᵀ for every matrix of the batch.
   *
   * @param a [batch..., m, k]
   * @param b [batch..., n, k]
   * @param out [batch..., m, n]
   */
  void matmulTransposed(Tensor a, Tensor b, Tensor out);

  /**
   * Scaled dot-product attention: softmax(scale · q·kᵀ + mask) · v, head by head.
   *
   * @param q [batch, queries, numHeads * headDim]
   * @param k [batch, keys, numKeyValueHeads * headDim]
   * @param v [batch, keys, numKeyValueHeads * headDim]
   * @param probabilities [batch, numHeads, queries, keys], filled too if asked for
   * @param out [batch, queries, numHeads * headDim]
   */
  void attention(
      Tensor q, Tensor k, Tensor v, AttentionSpec spec, Optional<Tensor> probabilities, Tensor out);

  /**
   * (x - mean) / sqrt(variance + eps) * weight + bias over the innermost dimension.
   *
   * @param x [..., hidden]
   */
  void layerNorm(Tensor x, Tensor weight, Tensor bias, double eps, Tensor out);

  /** x / sqrt(mean(x²) + eps) * weight over the innermost dimension. */
  void rmsNorm(Tensor x, Tensor weight, double eps, Tensor out);

  /** Softmax over the innermost dimension. */
  void softmax(Tensor x, Tensor out);

  /**
   * Convolution (cross-correlation, as in every framework) with zero padding.
   *
   * @param x [batch, inChannels, height, width]
   * @param weight packed from [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   * @param bias [outChannels]
   * @param out [batch, outChannels, outHeight, outWidth]
   */
  void conv2d(
      Tensor x,
      PackedWeight weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out);

  /**
   * Cuts pictures into patches that do not overlap, each flattened channel by channel.
   *
   * @param x [batch, channels, rows * patch, columns * patch]; further rows or columns are ignored
   * @param out [batch, rows * columns, channels * patch * patch]
   */
  void patchify(Tensor x, int patch, Tensor out);

  /** Largest element of each window; padding never wins. Shapes as for {@link #conv2d}. */
  void maxPool2d(Tensor x, Conv2d window, Tensor out);

  /** Mean of each window, which lies wholly inside the picture. */
  void averagePool2d(Tensor x, Conv2d window, Tensor out);

  /**
   * Bicubic interpolation (a = -0.75, no antialiasing, borders clamped) as PyTorch's {@code
   * interpolate} does it with {@code align_corners=False}.
   *
   * @param x [batch, channels, height, width]
   * @param scaleHeight input rows per output row used for the sample positions
   * @param scaleWidth input columns per output column
   * @param out [batch, channels, outHeight, outWidth]
   */
  void interpolateBicubic(Tensor x, double scaleHeight, double scaleWidth, Tensor out);

  /** Elementwise function; x and out have the same shape. */
  void unary(UnaryOp op, Tensor x, Tensor out);

  /** Activation function; x and out have the same shape. */
  void activation(Activation activation, Tensor x, Tensor out);

  /** Elementwise function of two; a, b and out have the same shape (broadcasts are views). */
  void binary(BinaryOp op, Tensor a, Tensor b, Tensor out);

  /** x * factor + summand, elementwise. */
  void affine(Tensor x, double factor, double summand, Tensor out);

  /**
   * Reduction over the innermost dimension, which is not empty.
   *
   * @param x [..., n]
   * @param out [...]
   */
  void reduce(ReduceOp op, Tensor x, Tensor out);

  /**
   * Copies elements; {@code out} may here be a view with any strides, and so may x (also an
   * innermost stride that is not 1).
   */
  void copy(Tensor x, Tensor out);

  /**
   * out[b, t] = table[indices[b, t]].
   *
   * @param table [rows, hidden], read in its stored type
   * @param indices [batch, length], each within the table
   * @param out [batch, length, hidden]
   */
  void gather(Parameter table, Indices indices, Tensor out);

  /**
   * The derivatives that training needs.
   *
   * @throws BadInputException if this backend only infers
   */
  default Derivatives derivatives() {
    throw new BadInputException(
        "backend '%s' does not train; use 'vector' or 'reference'".formatted(name()));
  }

  @Override
  void close();
}
