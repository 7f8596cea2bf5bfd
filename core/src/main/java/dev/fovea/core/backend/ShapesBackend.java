package dev.fovea.core.backend;

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
 * Runs any forward pass without numbers: shapes are checked, multiplications counted, memory added
 * up. Weights need no values. For one thread.
 */
public final class ShapesBackend implements Backend {
  private long floatingPointOperations;
  private long bytes;
  private long peakBytes;

  private record Nothing(long size) implements Storage.Device {
    @Override
    public DType dtype() {
      return DType.F32;
    }
  }

  private record Packed(int outFeatures, int inFeatures) implements PackedWeight {
    @Override
    public long byteSize() {
      return 0;
    }
  }

  /**
   * Multiplications and additions of all matrix products, convolutions and attention so far, each
   * counted as one; elementwise work is not counted, as is usual.
   */
  public long floatingPointOperations() {
    return floatingPointOperations;
  }

  /** The most bytes of activations that were alive at once, in f32. */
  public long peakBytes() {
    return peakBytes;
  }

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String describe() {
    return "shapes: counts, computes nothing";
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public DType computeType() {
    return DType.F32;
  }

  @Override
  public Storage allocate(long elements) {
    bytes += 4 * elements;
    peakBytes = Math.max(peakBytes, bytes);
    return new Nothing(elements);
  }

  @Override
  public void recycle(Storage storage) {
    bytes -= 4 * storage.size();
  }

  @Override
  public void write(float[] values, Storage storage, long offset) {}

  @Override
  public float[] read(Tensor tensor) {
    throw new IllegalStateException("the shapes backend has no values to read");
  }

  @Override
  public Storage widen(Parameter parameter) {
    return new Nothing(parameter.shape().elementCount());
  }

  @Override
  public PackedWeight pack(Parameter weight) {
    int out = weight.shape().dim(0);
    return new Packed(out, out == 0 ? 0 : Math.toIntExact(weight.shape().elementCount() / out));
  }

  @Override
  public void linear(
      Tensor x, PackedWeight weight, Optional<Tensor> bias, Activation activation, Tensor out) {
    floatingPointOperations += 2 * out.shape().elementCount() * weight.inFeatures();
  }

  @Override
  public void matmulTransposed(Tensor a, Tensor b, Tensor out) {
    floatingPointOperations += 2 * out.shape().elementCount() * a.dim(-1);
  }

  @Override
  public void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    floatingPointOperations += 4 * q.shape().elementCount() * k.dim(1);
  }

  @Override
  public void conv2d(
      Tensor x,
      PackedWeight weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out) {
    floatingPointOperations += 2 * out.shape().elementCount() * weight.inFeatures();
  }

  @Override
  public void layerNorm(Tensor x, Tensor weight, Tensor bias, double eps, Tensor out) {}

  @Override
  public void rmsNorm(Tensor x, Tensor weight, double eps, Tensor out) {}

  @Override
  public void softmax(Tensor x, Tensor out) {}

  @Override
  public void patchify(Tensor x, int patch, Tensor out) {}

  @Override
  public void maxPool2d(Tensor x, Conv2d window, Tensor out) {}

  @Override
  public void averagePool2d(Tensor x, Conv2d window, Tensor out) {}

  @Override
  public void interpolateBicubic(Tensor x, double scaleHeight, double scaleWidth, Tensor out) {}

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor out) {}

  @Override
  public void activation(Activation activation, Tensor x, Tensor out) {}

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor out) {}

  @Override
  public void affine(Tensor x, double factor, double summand, Tensor out) {}

  @Override
  public void reduce(ReduceOp op, Tensor x, Tensor out) {}

  @Override
  public void copy(Tensor x, Tensor out) {}

  @Override
  public void gather(Parameter table, Indices indices, Tensor out) {}

  @Override
  public void close() {}
}
