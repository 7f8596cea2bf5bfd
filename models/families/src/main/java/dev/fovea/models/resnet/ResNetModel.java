package dev.fovea.models.resnet;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.ConvNorm;
import java.util.ArrayList;
import java.util.List;

/** A ResNet without a layer of classes: {@code ResNetModel}. He et al. 2016, table 1. */
public record ResNetModel(Embedder embedder, Encoder encoder) {
  /** The stem: a 7x7 convolution and max pooling, each halving the picture. */
  public record Embedder(ConvNorm embedder) {
    Tensor forward(Tensor pixels) {
      return embedder.forward(pixels).maxPool2d(Conv2d.square(3, 2, 1)).tap(this, "output");
    }
  }

  /** The stages. */
  public record Encoder(List<ResNetStage> stages) {
    Tensor forward(Tensor x) {
      return x.session().stack(stages, x, (stage, h) -> stage.forward(h));
    }
  }

  static ResNetModel bind(Binder at, ResNetConfig config) {
    ConvNorm stem =
        ResNetBlock.conv(
            at.at("embedder").at("embedder"),
            config.numChannels(),
            config.embeddingSize(),
            7,
            2,
            config.hiddenAct());
    List<ResNetStage> stages = new ArrayList<>();
    int in = config.embeddingSize();
    for (int i = 0; i < config.depths().size(); i++) {
      int out = config.hiddenSizes().get(i);
      int stride = i > 0 || config.downsampleInFirstStage() ? 2 : 1;
      Binder stage = at.at("encoder").at("stages").at(i);
      stages.add(ResNetStage.bind(stage, config, in, out, config.depths().get(i), stride));
      in = out;
    }
    return new ResNetModel(new Embedder(stem), new Encoder(List.copyOf(stages)));
  }

  /**
   * The mean of the last stage over all places.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, hiddenSizes.getLast()]
   */
  public Tensor forward(Tensor pixels) {
    Tensor last = encoder.forward(embedder.forward(pixels));
    return last.reshape(last.dim(0), last.dim(1), last.dim(2) * last.dim(3))
        .mean()
        .select(2, 0)
        .tap(this, "pooled");
  }
}
