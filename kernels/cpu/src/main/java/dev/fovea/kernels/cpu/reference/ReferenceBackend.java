package dev.fovea.kernels.cpu.reference;

import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.Derivatives;
import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.BinaryOp;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.ReduceOp;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.StoredValues;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.core.tensor.UnaryOp;
import dev.fovea.kernels.cpu.memory.MemoryPool;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Computes every operation with plain loops in double precision; results are F32 or F64. */
final class ReferenceBackend implements Backend {
  static final String NAME = "reference";

  private final DType computeType;
  private final MemoryPool memory;

  ReferenceBackend(DType computeType) {
    this.computeType = computeType;
    this.memory = new MemoryPool(computeType);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    return "reference: plain loops, results in %s, 1 thread".formatted(computeType);
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public DType computeType() {
    return computeType;
  }

  @Override
  public Storage allocate(long elements) {
    return memory.allocate(elements);
  }

  @Override
  public void recycle(Storage storage) {
    memory.recycle(storage);
  }

  @Override
  public void write(float[] values, Storage storage, long offset) {
    Elements elements = Elements.of(storage);
    for (int i = 0; i < values.length; i++) {
      elements.set(offset + i, values[i]);
    }
  }

  @Override
  public float[] read(Tensor tensor) {
    Rows rows = Rows.of(tensor);
    float[] values = new float[Math.toIntExact(tensor.shape().elementCount())];
    int at = 0;
    for (int row = 0; row < rows.count(); row++) {
      for (double value : rows.read(row)) {
        values[at++] = (float) value;
      }
    }
    return values;
  }

  @Override
  public Storage widen(Parameter parameter) {
    return Elements.widen(parameter.storage(), computeType);
  }

  @Override
  public PackedWeight pack(Parameter weight) {
    return RowMajorWeight.of(weight, computeType);
  }

  @Override
  public void linear(
      Tensor x, PackedWeight weight, Optional<Tensor> bias, Activation activation, Tensor out) {
    Products.linear(x, (RowMajorWeight) weight, bias, activation, out);
  }

  @Override
  public void matmulTransposed(Tensor a, Tensor b, Tensor out) {
    Products.matmulTransposed(a, b, out);
  }

  @Override
  public void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    Products.attention(q, k, v, spec, probabilities, out);
  }

  @Override
  public void layerNorm(Tensor x, Tensor weight, Tensor bias, double eps, Tensor out) {
    Normalizations.layerNorm(x, weight, bias, eps, out);
  }

  @Override
  public void rmsNorm(Tensor x, Tensor weight, double eps, Tensor out) {
    Normalizations.rmsNorm(x, weight, eps, out);
  }

  @Override
  public void softmax(Tensor x, Tensor out) {
    Normalizations.softmax(x, out);
  }

  @Override
  public void conv2d(
      Tensor x,
      PackedWeight weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out) {
    Pictures.conv2d(x, (RowMajorWeight) weight, bias, window, activation, out);
  }

  @Override
  public void patchify(Tensor x, int patch, Tensor out) {
    Pictures.patchify(x, patch, out);
  }

  @Override
  public void maxPool2d(Tensor x, Conv2d window, Tensor out) {
    Pictures.maxPool2d(x, window, out);
  }

  @Override
  public void averagePool2d(Tensor x, Conv2d window, Tensor out) {
    Pictures.averagePool2d(x, window, out);
  }

  @Override
  public void interpolateBicubic(Tensor x, double scaleHeight, double scaleWidth, Tensor out) {
    Pictures.interpolateBicubic(x, scaleHeight, scaleWidth, out);
  }

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor out) {
    map(x, out, value -> Functions.apply(op, value));
  }

  @Override
  public void activation(Activation activation, Tensor x, Tensor out) {
    map(x, out, value -> Functions.apply(activation, value));
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor out) {
    Rows left = Rows.of(a);
    Rows right = Rows.of(b);
    Rows outputs = Rows.of(out);
    for (int row = 0; row < outputs.count(); row++) {
      double[] values = left.read(row);
      double[] others = right.read(row);
      for (int i = 0; i < values.length; i++) {
        values[i] = Functions.apply(op, values[i], others[i]);
      }
      outputs.write(row, values);
    }
  }

  @Override
  public void affine(Tensor x, double factor, double summand, Tensor out) {
    map(x, out, value -> value * factor + summand);
  }

  @Override
  public void reduce(ReduceOp op, Tensor x, Tensor out) {
    Normalizations.reduce(op, x, out);
  }

  @Override
  public void copy(Tensor x, Tensor out) {
    map(x, out, value -> value);
  }

  @Override
  public void gather(Parameter table, Indices indices, Tensor out) {
    Rows outputs = Rows.of(out);
    double[] values = new double[outputs.length()];
    for (int row = 0; row < outputs.count(); row++) {
      long start = (long) indices.values()[row] * values.length;
      StoredValues.toDoubles(table.storage(), start, values, 0, values.length);
      outputs.write(row, values);
    }
  }

  @Override
  public Derivatives derivatives() {
    return new ReferenceDerivatives();
  }

  @Override
  public void close() {
    memory.clear();
  }

  private static void map(Tensor x, Tensor out, DoubleUnaryOperator function) {
    Rows inputs = Rows.of(x);
    Rows outputs = Rows.of(out);
    for (int row = 0; row < outputs.count(); row++) {
      double[] values = inputs.read(row);
      Arrays.setAll(values, i -> function.applyAsDouble(values[i]));
      outputs.write(row, values);
    }
  }
}
