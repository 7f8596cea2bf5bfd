package dev.fovea.bench;

import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.backend.PackedWeight;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.kernels.cpu.vector.VectorProvider;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Times the operations of the vector backend on one thread, at the sizes of CLIP models, against
 * the most multiply-adds that the core does. Arguments: parts of the names of what to run.
 */
public final class KernelBench {
  private final Session session;
  private final String[] wanted;
  private final double peak;

  private KernelBench(Session session, double peak, String... wanted) {
    this.session = session;
    this.peak = peak;
    this.wanted = wanted;
  }

  /** Prints a table to standard output. */
  public static void main(String[] args) throws InterruptedException {
    VectorProvider.expectMuchWork();
    Timing peak = FmaPeak.measure();
    System.out.printf("FMA peak of one core: %s GFLOP/s (best, median)%n", peak);
    try (Engine engine = Engine.over(Backends.open("vector", new BackendOptions(1, DType.F32)));
        Session session = engine.newSession()) {
      KernelBench bench = new KernelBench(session, peak.best(), args);
      bench.products();
      bench.attention();
      bench.elementwise();
    }
  }

  private void products() throws InterruptedException {
    for (int rows : new int[] {1, 50, 257, 800}) {
      for (int[] size :
          new int[][] {{768, 768}, {768, 2304}, {768, 3072}, {3072, 768}, {1024, 4096}}) {
        product(rows, size[0], size[1], Activation.NONE);
      }
    }
    product(50, 768, 3072, Activation.QUICK_GELU);
    product(50, 768, 3072, Activation.GELU);
  }

  private void product(int rows, int in, int out, Activation activation)
      throws InterruptedException {
    String name = "linear %dx%dx%d %s".formatted(rows, in, out, activation);
    if (!isWanted(name)) {
      return;
    }
    Tensor x = random(rows, in);
    Tensor bias = random(out);
    Tensor y = session.allocate(Shape.of(rows, out));
    float[] values = random(out, in).toFloats();
    PackedWeight weight = session.backend().pack(Parameter.of("weight", Shape.of(out, in), values));
    report(
        name,
        2.0 * rows * in * out,
        true,
        () -> session.backend().linear(x, weight, Optional.of(bias), activation, y));
  }

  private void attention() throws InterruptedException {
    for (int[] size : new int[][] {{50, 64, 12}, {77, 64, 8}, {257, 64, 16}, {577, 64, 16}}) {
      int tokens = size[0];
      int headDim = size[1];
      int heads = size[2];
      String name = "attention %d tokens, %d heads of %d".formatted(tokens, heads, headDim);
      if (isWanted(name)) {
        Tensor q = random(1, tokens, heads * headDim);
        Tensor k = random(1, tokens, heads * headDim);
        Tensor v = random(1, tokens, heads * headDim);
        Tensor y = session.allocate(q.shape());
        AttentionSpec spec = new AttentionSpec(heads, heads, 0.125f, Mask.none());
        report(
            name,
            4.0 * tokens * tokens * headDim * heads,
            true,
            () -> session.backend().attention(q, k, v, spec, Optional.empty(), y));
      }
    }
  }

  private void elementwise() throws InterruptedException {
    Tensor x = random(50, 768);
    Tensor y = session.allocate(x.shape());
    Tensor scale = random(768);
    double elements = x.shape().elementCount();
    report(
        "layerNorm 50x768",
        elements,
        false,
        () -> session.backend().layerNorm(x, scale, scale, 1e-5, y));
    report("softmax 50x768", elements, false, () -> session.backend().softmax(x, y));
    report("add 50x768", elements, false, () -> plus(x, y));
    for (Activation activation : Activation.values()) {
      if (activation != Activation.NONE) {
        report(
            activation + " 50x768",
            elements,
            false,
            () -> session.backend().activation(activation, x, y));
      }
    }
  }

  private void plus(Tensor x, Tensor y) {
    session.backend().binary(dev.fovea.core.tensor.BinaryOp.ADD, x, x, y);
  }

  private void report(String name, double work, boolean flops, Runnable operation)
      throws InterruptedException {
    if (!isWanted(name)) {
      return;
    }
    for (int i = 0; i < 3; i++) {
      operation.run();
      VectorProvider.awaitCompiled();
    }
    Timing timing = Timing.of(work, operation);
    System.out.printf(
        "%-44s %s %s%n",
        name,
        timing,
        flops ? "GFLOP/s  %3.0f %% of peak".formatted(100 * timing.best() / peak) : "Gelements/s");
  }

  private boolean isWanted(String name) {
    for (String part : wanted) {
      if (name.contains(part)) {
        return true;
      }
    }
    return wanted.length == 0;
  }

  private Tensor random(int... dims) {
    Shape shape = Shape.of(dims);
    SplittableRandom random = new SplittableRandom(shape.elementCount());
    float[] values = new float[Math.toIntExact(shape.elementCount())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return session.tensor(values, dims);
  }
}
