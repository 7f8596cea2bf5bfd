package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A stack of transformer blocks. */
public record Encoder(List<EncoderLayer> layers) {
  public static Encoder bind(Binder at, TransformerConfig config) {
    return bind(at, config.numHiddenLayers(), layer -> EncoderLayer.bind(layer, config));
  }

  /** Binds a stack of blocks of a kind of its own. */
  public static Encoder bind(Binder at, int count, Function<Binder, EncoderLayer> bindLayer) {
    return new Encoder(
        IntStream.range(0, count).mapToObj(i -> bindLayer.apply(at.at("layers").at(i))).toList());
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    return x.session().stack(layers, x, (layer, h) -> layer.forward(h, mask));
  }
}
