package dev.fovea.core.engine;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Whether a backend computes right on this machine: a few operations on small numbers, held to
 * plain loops in double precision. Takes milliseconds.
 */
public final class SelfTest {
  private static final double TOLERANCE = 1e-5;
  private static final int ROWS = 17;
  private static final int INPUTS = 37;
  private static final int OUTPUTS = 19;

  /**
   * One operation.
   *
   * @param largestError the largest difference from the right result, NaN included as infinite
   */
  public record Result(String operation, double largestError) {
    public boolean passed() {
      return largestError <= TOLERANCE;
    }
  }

  private record Owner() {}

  private SelfTest() {}

  /** Runs all checks on the engine's backend. */
  public static List<Result> run(Engine engine) {
    try (Session session = engine.newSession()) {
      return List.of(
          linear(session),
          attention(session),
          layerNorm(session),
          softmax(session),
          gelu(session),
          convolution(session));
    }
  }

  private static Result linear(Session session) {
    Parameter weight = parameter("weight", OUTPUTS, INPUTS);
    Parameter bias = parameter("bias", OUTPUTS);
    float[] x = numbers(ROWS * INPUTS);
    float[] w = weight.toFloats();
    float[] b = bias.toFloats();
    Tensor y = session.tensor(x, ROWS, INPUTS).linear(weight, Optional.of(bias), Activation.RELU);
    return result(
        "linear",
        y,
        i -> {
          int row = i / OUTPUTS;
          int feature = i % OUTPUTS;
          double sum = b[feature];
          for (int k = 0; k < INPUTS; k++) {
            sum += (double) x[row * INPUTS + k] * w[feature * INPUTS + k];
          }
          return Math.max(sum, 0);
        });
  }

  private static Result attention(Session session) {
    int tokens = 11;
    int headDim = 8;
    int hidden = 2 * headDim;
    float[] x = numbers(tokens * hidden);
    AttentionSpec spec = new AttentionSpec(2, 2, 0.25f, Mask.causal(0));
    Tensor q = session.tensor(x, 1, tokens, hidden);
    return result(
        "attention",
        q.attend(new Owner(), q, q, spec),
        i -> {
          int query = i / hidden;
          int head = i % hidden / headDim;
          double weights = 0;
          double sum = 0;
          for (int key = 0; key <= query; key++) {
            double score = 0;
            for (int d = head * headDim; d < (head + 1) * headDim; d++) {
              score += (double) x[query * hidden + d] * x[key * hidden + d];
            }
            double weight = Math.exp(spec.scale() * score);
            weights += weight;
            sum += weight * x[key * hidden + i % hidden];
          }
          return sum / weights;
        });
  }

  private static Result layerNorm(Session session) {
    float[] x = numbers(ROWS * INPUTS);
    Parameter weight = parameter("weight", INPUTS);
    Parameter bias = parameter("bias", INPUTS);
    float[] w = weight.toFloats();
    float[] b = bias.toFloats();
    Tensor y = session.tensor(x, ROWS, INPUTS).layerNorm(weight, bias, 1e-5);
    return result(
        "layer norm",
        y,
        i -> {
          int start = i / INPUTS * INPUTS;
          double mean = sum(INPUTS, k -> x[start + k]) / INPUTS;
          double variance = sum(INPUTS, k -> Math.pow(x[start + k] - mean, 2)) / INPUTS;
          return (x[i] - mean) / Math.sqrt(variance + 1e-5) * w[i - start] + b[i - start];
        });
  }

  private static Result softmax(Session session) {
    float[] x = numbers(ROWS * INPUTS);
    return result(
        "softmax",
        session.tensor(x, ROWS, INPUTS).softmax(),
        i -> Math.exp(x[i]) / sum(INPUTS, k -> Math.exp(x[i / INPUTS * INPUTS + k])));
  }

  /** Against values of x/2 (1 + erf(x / sqrt 2)) to twelve digits. */
  private static Result gelu(Session session) {
    float[] x = {-3.5f, -1, -0.25f, 0, 0.125f, 1, 2.5f, 3.75f, 8};
    double[] known = {
      -0.000814201776624,
      -0.158655253931,
      -0.100323418579,
      0,
      0.0687172781038,
      0.841344746069,
      2.48447583669,
      3.74966843518,
      8
    };
    return result("gelu", session.tensor(x, x.length).activate(Activation.GELU), i -> known[i]);
  }

  private static Result convolution(Session session) {
    int size = 7;
    int kernel = 3;
    float[] x = numbers(2 * size * size);
    Parameter weight = parameter("weight", 3, 2, kernel, kernel);
    float[] w = weight.toFloats();
    Tensor y =
        session
            .tensor(x, 1, 2, size, size)
            .conv2d(weight, Optional.empty(), Conv2d.square(kernel, 2, 0), Activation.NONE);
    return result(
        "convolution",
        y,
        i ->
            sum(
                2 * kernel * kernel,
                k -> {
                  int row = i / 3 % 3 * 2 + k / kernel % kernel;
                  int column = i % 3 * 2 + k % kernel;
                  int pixel = (k / (kernel * kernel) * size + row) * size + column;
                  return (double) x[pixel] * w[i / 9 * 2 * kernel * kernel + k];
                }));
  }

  private static Result result(String operation, Tensor actual, IntToDoubleFunction expected) {
    float[] values = actual.toFloats();
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      double error = Math.abs(values[i] - expected.applyAsDouble(i));
      largest = Math.max(largest, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
    }
    return new Result(operation, largest);
  }

  private static double sum(int count, IntToDoubleFunction term) {
    return IntStream.range(0, count).mapToDouble(term).sum();
  }

  private static Parameter parameter(String name, int... dims) {
    Shape shape = Shape.of(dims);
    return Parameter.of(name, shape, numbers(Math.toIntExact(shape.elementCount())));
  }

  /** Numbers between -1 and 1 without a pattern that would hide a mix-up. */
  private static float[] numbers(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (i * 7919 + i * i % 31) % 257 / 128f - 1;
    }
    return values;
  }
}
