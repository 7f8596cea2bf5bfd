package dev.fovea.models.bert;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.TransformerConfig;
import java.util.List;
import java.util.stream.IntStream;

/** A stack of post-norm blocks. */
public record BertEncoder(List<BertLayer> layers) {
  static BertEncoder bind(Binder at, TransformerConfig config) {
    return new BertEncoder(
        IntStream.range(0, config.numHiddenLayers())
            .mapToObj(i -> BertLayer.bind(at.at("layers").at(i), config))
            .toList());
  }

  /** x: [batch, tokens, hidden]. */
  public Tensor forward(Tensor x, Mask mask) {
    return x.session().stack(layers, x, (layer, h) -> layer.forward(h, mask));
  }
}
