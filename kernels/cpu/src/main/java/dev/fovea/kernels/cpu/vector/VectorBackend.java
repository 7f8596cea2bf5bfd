package dev.fovea.kernels.cpu.vector;

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
import dev.fovea.kernels.cpu.reference.ReferenceDerivatives;
import java.util.Optional;

/** The fast CPU backend: F32, several threads. */
final class VectorBackend implements Backend {
  static final String NAME = "vector";

  private static final double NANOS_PER_GATHERED = 1;

  private final String code;
  private final Cpu cpu;

  /** A backend whose description begins with what code it runs. */
  VectorBackend(String code, int threads, Kernels kernels) {
    this.code = code;
    this.cpu = new Cpu(new Workers(threads), new MemoryPool(DType.F32), kernels);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String describe() {
    return "vector: %s, %d thread%s".formatted(code, threads(), threads() == 1 ? "" : "s");
  }

  @Override
  public int threads() {
    return cpu.workers().threads();
  }

  @Override
  public DType computeType() {
    return DType.F32;
  }

  @Override
  public Storage allocate(long elements) {
    return cpu.memory().allocate(elements);
  }

  @Override
  public void recycle(Storage storage) {
    cpu.memory().recycle(storage);
  }

  @Override
  public void write(float[] values, Storage storage, long offset) {
    System.arraycopy(values, 0, Rows.array(storage), Math.toIntExact(offset), values.length);
  }

  @Override
  public float[] read(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().elementCount())];
    Storage target = new Storage.Floats(values);
    Elementwise.copy(
        cpu,
        tensor,
        new Tensor(
            tensor.session(), target, 0, tensor.shape(), tensor.shape().contiguousStrides()));
    return values;
  }

  @Override
  public Storage widen(Parameter parameter) {
    float[] values = new float[Math.toIntExact(parameter.shape().elementCount())];
    StoredValues.toFloats(parameter.storage(), 0, values, 0, values.length);
    return new Storage.Floats(values);
  }

  @Override
  public PackedWeight pack(Parameter weight) {
    Warmup.SHARED.packed(weight.shape().elementCount());
    return Panels.of(cpu, weight);
  }

  @Override
  public void linear(
      Tensor x, PackedWeight weight, Optional<Tensor> bias, Activation activation, Tensor out) {
    Products.linear(cpu, x, (Panels) weight, bias, activation, out);
  }

  @Override
  public void matmulTransposed(Tensor a, Tensor b, Tensor out) {
    Products.matmulTransposed(cpu, a, b, out);
  }

  @Override
  public void attention(
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    Attention.run(cpu, q, k, v, spec, probabilities, out);
  }

  @Override
  public void layerNorm(Tensor x, Tensor weight, Tensor bias, double eps, Tensor out) {
    Normalizations.layerNorm(cpu, x, weight, bias, eps, out);
  }

  @Override
  public void rmsNorm(Tensor x, Tensor weight, double eps, Tensor out) {
    Normalizations.rmsNorm(cpu, x, weight, eps, out);
  }

  @Override
  public void softmax(Tensor x, Tensor out) {
    Normalizations.softmax(cpu, x, out);
  }

  @Override
  public void conv2d(
      Tensor x,
      PackedWeight weight,
      Optional<Tensor> bias,
      Conv2d window,
      Activation activation,
      Tensor out) {
    Convolution.run(cpu, x, (Panels) weight, bias, window, activation, out);
  }

  @Override
  public void patchify(Tensor x, int patch, Tensor out) {
    Pictures.patchify(cpu, x, patch, out);
  }

  @Override
  public void maxPool2d(Tensor x, Conv2d window, Tensor out) {
    Pictures.maxPool2d(cpu, x, window, out);
  }

  @Override
  public void averagePool2d(Tensor x, Conv2d window, Tensor out) {
    Pictures.averagePool2d(cpu, x, window, out);
  }

  @Override
  public void interpolateBicubic(Tensor x, double scaleHeight, double scaleWidth, Tensor out) {
    Pictures.interpolateBicubic(cpu, x, scaleHeight, scaleWidth, out);
  }

  @Override
  public void unary(UnaryOp op, Tensor x, Tensor out) {
    Elementwise.unary(cpu, op, x, out);
  }

  @Override
  public void activation(Activation activation, Tensor x, Tensor out) {
    Elementwise.activation(cpu, activation, x, out);
  }

  @Override
  public void binary(BinaryOp op, Tensor a, Tensor b, Tensor out) {
    Elementwise.binary(cpu, op, a, b, out);
  }

  @Override
  public void affine(Tensor x, double factor, double summand, Tensor out) {
    Elementwise.affine(cpu, x, factor, summand, out);
  }

  @Override
  public void reduce(ReduceOp op, Tensor x, Tensor out) {
    Normalizations.reduce(cpu, op, x, out);
  }

  @Override
  public void copy(Tensor x, Tensor out) {
    Elementwise.copy(cpu, x, out);
  }

  @Override
  public void gather(Parameter table, Indices indices, Tensor out) {
    int hidden = out.dim(-1);
    float[] to = Rows.array(out.storage());
    int o0 = Math.toIntExact(out.offset());
    cpu.forRanges(
        indices.values().length,
        NANOS_PER_GATHERED * indices.values().length * hidden,
        (first, end, scratch) -> {
          for (int i = first; i < end; i++) {
            long from = (long) indices.values()[i] * hidden;
            StoredValues.toFloats(table.storage(), from, to, o0 + i * hidden, hidden);
          }
        });
  }

  /** Those of the reference, on the same arrays; training wants kernels of its own. */
  @Override
  public Derivatives derivatives() {
    return new ReferenceDerivatives();
  }

  @Override
  public void close() {
    cpu.workers().close();
    cpu.memory().clear();
  }
}
