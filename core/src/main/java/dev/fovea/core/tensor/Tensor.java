package dev.fovea.core.tensor;

import dev.fovea.core.engine.Session;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An activation: shape, strides and storage within one {@link Session}. Operations are methods;
 * each checks shapes, takes memory from the session and lets the session's backend compute. A
 * tensor is valid until the frame that it was made in closes.
 *
 * <p>Shape errors are programming errors of a model and throw IllegalArgumentException.
 */
public final class Tensor {
  private final Session session;
  private final Storage storage;
  private final long offset;
  private final Shape shape;
  private final int[] strides;

  /** A view of storage; sessions and operations make them. */
  public Tensor(Session session, Storage storage, long offset, Shape shape, int[] strides) {
    this.session = session;
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  public Session session() {
    return session;
  }

  public Shape shape() {
    return shape;
  }

  /** The size of a dimension; -1 is the innermost. */
  public int dim(int axis) {
    return shape.dim(axis);
  }

  public int rank() {
    return shape.rank();
  }

  public DType dtype() {
    return storage.dtype();
  }

  /** For backends: the memory behind this tensor. */
  public Storage storage() {
    return storage;
  }

  /** For backends: the position of the first element in {@link #storage}. */
  public long offset() {
    return offset;
  }

  /** For backends: the distance, in elements, between neighbours along a dimension. */
  public int stride(int axis) {
    return strides[shape.axis(axis)];
  }

  /** Whether elements lie row-major without gaps. */
  public boolean isContiguous() {
    int expected = 1;
    for (int i = rank() - 1; i >= 0; i--) {
      if (shape.dim(i) != 1 && strides[i] != expected) {
        return false;
      }
      expected *= Math.max(shape.dim(i), 1);
    }
    return true;
  }

  /** The values, row-major, as a new array. Waits until they are computed. */
  public float[] toFloats() {
    session.checkUsable();
    return session.backend().read(this);
  }

  // Views.

  /** The same elements in another shape; one size may be -1. Copies if this is not contiguous. */
  public Tensor reshape(int... dims) {
    return Views.reshape(this, dims);
  }

  /** Dimensions in another order. */
  public Tensor permute(int... axes) {
    return Views.permute(this, axes);
  }

  /** A range of one dimension. */
  public Tensor narrow(int axis, int start, int length) {
    return Views.narrow(this, axis, start, length);
  }

  /** One position of a dimension, which disappears. */
  public Tensor select(int axis, int index) {
    return Views.select(this, axis, index);
  }

  /** Repeats dimensions of size 1, without a copy, until the shape is reached. */
  public Tensor broadcastTo(Shape target) {
    return Views.broadcast(this, target);
  }

  /** This, or a row-major copy. */
  public Tensor contiguous() {
    return isContiguous() ? this : Views.copy(this);
  }

  /** Joins tensors along a dimension; all other sizes agree. */
  public static Tensor concat(int axis, Tensor... parts) {
    return Views.concat(axis, parts);
  }

  // Elementwise, with NumPy's broadcasting.

  public Tensor plus(Tensor other) {
    return Arithmetic.binary(BinaryOp.ADD, this, other);
  }

  public Tensor minus(Tensor other) {
    return Arithmetic.binary(BinaryOp.SUBTRACT, this, other);
  }

  public Tensor times(Tensor other) {
    return Arithmetic.binary(BinaryOp.MULTIPLY, this, other);
  }

  public Tensor dividedBy(Tensor other) {
    return Arithmetic.binary(BinaryOp.DIVIDE, this, other);
  }

  public Tensor times(double factor) {
    return Arithmetic.affine(this, factor, 0);
  }

  public Tensor plus(double summand) {
    return Arithmetic.affine(this, 1, summand);
  }

  public Tensor exp() {
    return Arithmetic.unary(UnaryOp.EXP, this);
  }

  public Tensor sqrt() {
    return Arithmetic.unary(UnaryOp.SQRT, this);
  }

  public Tensor log() {
    return Arithmetic.unary(UnaryOp.LOG, this);
  }

  public Tensor activate(Activation activation) {
    return Arithmetic.activation(activation, this);
  }

  // Reductions and norms over the innermost dimension.

  /** The sum over the innermost dimension, which stays with size 1. */
  public Tensor sum() {
    return Reductions.reduce(ReduceOp.SUM, this);
  }

  /** The mean over the innermost dimension, which stays with size 1. */
  public Tensor mean() {
    return Reductions.reduce(ReduceOp.MEAN, this);
  }

  /** The largest element of the innermost dimension, which stays with size 1. */
  public Tensor max() {
    return Reductions.reduce(ReduceOp.MAX, this);
  }

  /** Softmax over the innermost dimension. */
  public Tensor softmax() {
    return Reductions.softmax(this);
  }

  /** The logarithm of the softmax over the innermost dimension. */
  public Tensor logSoftmax() {
    return Reductions.logSoftmax(this);
  }

  /** Divides each innermost vector by its Euclidean length. */
  public Tensor normalized() {
    return dividedBy(times(this).sum().sqrt());
  }

  /** Layer normalisation over the innermost dimension (Ba et al. 2016). */
  public Tensor layerNorm(Parameter weight, Parameter bias, double eps) {
    return Reductions.layerNorm(this, weight, bias, eps);
  }

  // Products.

  /**
   * activation(this · weightᵀ + bias).
   *
   * @param weight [out, in...]; all dimensions but the first count together
   * @return [..., out]
   */
  public Tensor linear(Parameter weight, Optional<Parameter> bias, Activation activation) {
    return Products.linear(this, weight, bias, activation);
  }

  /**
   * this · otherᵀ, for every matrix of the batch.
   *
   * @param other [batch..., n, k]
   * @return [batch..., m, n] for this [batch..., m, k]
   */
  public Tensor matmulTransposed(Tensor other) {
    return Products.matmulTransposed(this, other);
  }

  /**
   * Scaled dot-product attention with this as queries. A tap can see and change the probabilities,
   * [batch, numHeads, queries, keys], as the owner's {@code probs}; the fused path never makes
   * them.
   *
   * @param keys [batch, keys, numKeyValueHeads * headDim]
   * @return [batch, queries, numHeads * headDim]
   */
  public Tensor attend(Record owner, Tensor keys, Tensor values, AttentionSpec spec) {
    return session.taps(owner, "probs")
        ? Products.attentionWithProbabilities(
            this, keys, values, spec, probs -> probs.tap(owner, "probs"))
        : Products.attention(this, keys, values, spec);
  }

  // Pictures: [batch, channels, height, width].

  /**
   * Convolution with zero padding.
   *
   * @param weight [outChannels, inChannels / groups, kernelHeight, kernelWidth]
   */
  public Tensor conv2d(
      Parameter weight, Optional<Parameter> bias, Conv2d window, Activation activation) {
    return Pictures.conv2d(this, weight, bias, window, activation);
  }

  /** Non-overlapping patches, flattened: [batch, patches, channels * patch * patch]. */
  public Tensor patchify(int patch) {
    return Pictures.patchify(this, patch);
  }

  public Tensor maxPool2d(Conv2d window) {
    return Pictures.maxPool2d(this, window);
  }

  public Tensor averagePool2d(Conv2d window) {
    return Pictures.averagePool2d(this, window);
  }

  /**
   * Bicubic resize as PyTorch's interpolate without antialiasing; the scales are input per output
   * steps, usually size / newSize.
   */
  public Tensor interpolateBicubic(int height, int width, double scaleHeight, double scaleWidth) {
    return Pictures.interpolateBicubic(this, height, width, scaleHeight, scaleWidth);
  }

  // Structure of a forward pass.

  /**
   * Runs a block on this without keeping its intermediates for the backward pass, which runs it a
   * second time (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"). Without a tape
   * this is {@link #scoped}. The block must give the same result every time.
   */
  public Tensor checkpointed(UnaryOperator<Tensor> block) {
    return Checkpointing.run(this, block);
  }

  /** Shows this to the session's tap under the owner's name; returns what to go on with. */
  public Tensor tap(Record owner, String name) {
    return session.tapped(owner, name, this);
  }

  /** Runs a block on this; all that it allocates but its result is free again afterwards. */
  public Tensor scoped(UnaryOperator<Tensor> block) {
    return session.scoped(() -> block.apply(this));
  }

  @Override
  public String toString() {
    return "Tensor%s %s strides %s".formatted(shape, dtype(), Arrays.toString(strides));
  }

  int[] strides() {
    return strides;
  }
}
