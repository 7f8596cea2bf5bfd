package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/** A stack of transformer blocks. */
public record Encoder(List<EncoderLayer> layers) {
  public static Encoder bind(Binder at, TransformerConfig config) {
    return new Encoder(
        IntStream.range(0, config.numHiddenLayers())
            .mapToObj(i -> EncoderLayer.bind(at.at("layers").at(i), config))
            .toList());
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    return x.session().stack(layers, x, (layer, h) -> layer.forward(h, mask));
  }
}
