package dev.fovea.bench.vs;

import dev.fovea.bench.vs.onnx.Floats;
import dev.fovea.bench.vs.onnx.Graph;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Linear layers of CLIP: x [rows, in] times a constant weight, plus bias. */
final class MatMulRace {
  private record Layer(String name, int rows, int in, int out) {}

  private static final List<Layer> LAYERS =
      List.of(
          new Layer("B/32 q 50x768x768", 50, 768, 768),
          new Layer("B/32 fc1 50x768x3072", 50, 768, 3072),
          new Layer("B/32 fc2 50x3072x768", 50, 3072, 768),
          new Layer("B/32 fc1 batch 16 800x768x3072", 800, 768, 3072),
          new Layer("L/14 q 257x1024x1024", 257, 1024, 1024),
          new Layer("L/14 fc1 257x1024x4096", 257, 1024, 4096),
          new Layer("L/14 fc2 257x4096x1024", 257, 4096, 1024));

  private MatMulRace() {}

  static void run(int threads, int laps, PrintStream out) {
    try (Engine engine = Engine.open(EngineOptions.defaults().withThreads(threads))) {
      for (Layer layer : LAYERS) {
        out.println(run(engine, layer, new Race(threads, laps), threads));
      }
    }
  }

  private static String run(Engine engine, Layer layer, Race race, int threads) {
    Random random = new Random(1);
    float[] x = gaussian(random, layer.rows * layer.in, 1);
    float[] weight = gaussian(random, layer.out * layer.in, 0.02f);
    float[] bias = gaussian(random, layer.out, 0.02f);
    Parameter w = Parameter.of("weight", Shape.of(layer.out, layer.in), weight);
    Optional<Parameter> b = Optional.of(Parameter.of("bias", Shape.of(layer.out), bias));
    try (Session session = engine.newSession();
        OnnxRuntime peer =
            OnnxRuntime.open(graph(layer, weight, bias), threads, x, layer.rows, layer.in)) {
      Tensor input = session.tensor(x, layer.rows, layer.in);
      Difference.check(
          layer.name, peer.result(), input.linear(w, b, Activation.NONE).toFloats(), 1e-4);
      Race.Result result =
          race.run(
              () -> session.scoped(() -> discard(input, input.linear(w, b, Activation.NONE))),
              peer::run);
      return result.line(layer.name, 2.0 * layer.rows * layer.in * layer.out);
    }
  }

  /** Lets a frame free the product: what a frame returns stays, and the input was there before. */
  private static Tensor discard(Tensor input, Tensor product) {
    return product.rank() == 0 ? product : input;
  }

  private static byte[] graph(Layer layer, float[] weight, float[] bias) {
    Graph graph = new Graph();
    String x = graph.input("x", layer.rows, layer.in);
    String w =
        graph.constant("w", Floats.transposed(weight, layer.out, layer.in), layer.in, layer.out);
    String product = graph.node("MatMul", new String[] {x, w});
    String b = graph.constant("b", Floats.bytes(bias), layer.out);
    String sum = graph.node("Add", new String[] {product, b});
    graph.output(sum, layer.rows, layer.out);
    return graph.toModel();
  }

  static float[] gaussian(Random random, int count, float deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * deviation;
    }
    return values;
  }
}
