package dev.fovea.models.resnet;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** Blocks of one width; the first may halve the picture. */
public record ResNetStage(List<ResNetBlock> layers) {
  static ResNetStage bind(Binder at, ResNetConfig config, int in, int out, int depth, int stride) {
    return new ResNetStage(
        IntStream.range(0, depth)
            .mapToObj(
                i ->
                    ResNetBlock.bind(
                        at.at("layers").at(i), config, i == 0 ? in : out, out, i == 0 ? stride : 1))
            .toList());
  }

  /** x: [batch, in, height, width]; returns [batch, out, height / stride, width / stride]. */
  public Tensor forward(Tensor x) {
    return x.session().stack(layers, x, (block, h) -> block.forward(h)).tap(this, "output");
  }
}
