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

/** A backend that can do nothing, for tests to extend by what they need. */
public abstract class NoBackend implements Backend {
  @Override
  public String name() {
    return "test";
  }

  @Override
  public String describe() {
    return "test";
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
    throw new UnsupportedOperationException();
  }

  @Override
  public void recycle(Storage storage) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void write(float[] values, Storage storage, long offset) {
    throw new UnsupportedOperationException();
  }

  @Override
  public float[] read(Tensor tensor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Storage widen(Parameter parameter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PackedWeight pack(Parameter weight) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void linear(
      Tensor x, PackedWeight weight, Optional<Tensor> bias, Activation activation, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void matmulTransposed(Tensor a, Tensor b, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void layerNorm(Tensor x, Tensor weight, Tensor bias, double eps, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rmsNorm(Tensor x, Tensor weight, double eps, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void softmax(Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void conv2d(
      Tensor x,
      PackedWeight weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void patchify(Tensor x, int patch, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void maxPool2d(Tensor x, Conv2d window, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void averagePool2d(Tensor x, Conv2d window, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void interpolateBicubic(Tensor x, double scaleHeight, double scaleWidth, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void activation(Activation activation, Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void affine(Tensor x, double factor, double summand, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void reduce(ReduceOp op, Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Tensor x, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gather(Parameter table, Indices indices, Tensor out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
