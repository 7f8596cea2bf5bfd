package dev.fovea.bench.vs;

import dev.fovea.bench.vs.onnx.ClipVisionGraph;
import dev.fovea.bench.vs.onnx.ClipVisionGraph.Attention;
import dev.fovea.bench.vs.onnx.VisionShape;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Random;

/** The whole image tower of CLIP ViT-B/32 with random weights. */
final class TowerRace {
  private static final double ALLOWED = 1e-4;

  private TowerRace() {}

  static void run(int threads, int laps, PrintStream out) throws IOException {
    VisionShape shape = VisionShape.vitB32();
    try (RandomTower weights = RandomTower.create(shape, 7);
        Engine engine = Engine.open(EngineOptions.defaults().withThreads(threads));
        FoveaTower fovea = FoveaTower.open(weights.directory(), engine)) {
      ClipVisionGraph graph = new ClipVisionGraph(shape, weights::values);
      for (int batch : List.of(1, 16)) {
        int side = shape.imageSize();
        float[] pixels = MatMulRace.gaussian(new Random(3), batch * 3 * side * side, 1);
        for (Attention attention : Attention.values()) {
          try (OnnxRuntime peer =
              OnnxRuntime.open(graph.build(attention), threads, pixels, batch, 3, side, side)) {
            String name = "ViT-B/32 batch %d, attention %s".formatted(batch, attention);
            Difference.check(name, peer.result(), fovea.embed(pixels, batch, side), ALLOWED);
            Race.Result result =
                new Race(threads, laps).run(() -> fovea.embed(pixels, batch, side), peer::result);
            out.println(result.line(name, (double) batch * fovea.flops()));
          }
        }
      }
    }
  }
}
