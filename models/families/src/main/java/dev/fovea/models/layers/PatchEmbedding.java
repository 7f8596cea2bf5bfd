package dev.fovea.models.layers;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.Optional;

/**
 * A convolution whose stride is its kernel: each patch of the picture becomes one token. ViT,
 * section 3.1 (Dosovitskiy et al. 2021).
 *
 * @param weight [hidden, channels, patch, patch]
 * @param bias [hidden]
 */
public record PatchEmbedding(Parameter weight, Optional<Parameter> bias) {
  public static PatchEmbedding bind(
      Binder at, int channels, int patchSize, int hiddenSize, boolean withBias) {
    return new PatchEmbedding(
        at.parameter("weight", hiddenSize, channels, patchSize, patchSize),
        withBias ? Optional.of(at.parameter("bias", hiddenSize)) : Optional.empty());
  }

  /**
   * Patches in reading order.
   *
   * @param pixels [batch, channels, height, width]
   * @return [batch, patches, hidden]
   */
  public Tensor forward(Tensor pixels) {
    return pixels
        .patchify(weight.shape().dim(3))
        .linear(weight, bias, Activation.NONE)
        .tap(this, "output");
  }
}
