package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Embedding;
import dev.fovea.models.layers.Encoder;
import dev.fovea.models.layers.LayerNorm;
import dev.fovea.models.layers.PatchEmbedding;
import java.util.Optional;

/**
 * CLIP's vision transformer: a norm before the first block, and one on what is pooled at the end.
 *
 * @param preLayrnorm spelt as in the files; CLIPA has none
 */
public record ClipVisionModel(
    Embeddings embeddings,
    Optional<LayerNorm> preLayrnorm,
    Encoder encoder,
    LayerNorm postLayernorm,
    VisionPooling pooling)
    implements VisionTower {
  /**
   * Patches behind a learned class token, with learned positions.
   *
   * @param classEmbedding [hidden]
   */
  public record Embeddings(
      Parameter classEmbedding, PatchEmbedding patchEmbedding, Embedding positionEmbedding) {
    Tensor forward(Tensor pixels) {
      Session session = pixels.session();
      Tensor patches = patchEmbedding.forward(pixels);
      int hidden = patches.dim(2);
      Tensor classToken =
          session.weight(classEmbedding).broadcastTo(Shape.of(patches.dim(0), 1, hidden));
      Tensor tokens = Tensor.concat(1, classToken, patches);
      return tokens.plus(positionEmbedding.first(session, tokens.dim(1))).tap(this, "output");
    }
  }

  static ClipVisionModel bind(Binder at, ClipConfig.VisionTransformer config) {
    int hidden = config.transformer().hiddenSize();
    double eps = config.transformer().layerNormEps();
    Binder embeddings = at.at("embeddings");
    return new ClipVisionModel(
        new Embeddings(
            embeddings.parameter("class_embedding", hidden),
            PatchEmbedding.bind(
                embeddings.at("patch_embedding"),
                config.numChannels(),
                config.patchSize(),
                hidden,
                false),
            Embedding.bind(embeddings.at("position_embedding"), config.numPatches() + 1, hidden)),
        config.preNorm()
            ? Optional.of(LayerNorm.bind(at.at("pre_layrnorm"), hidden, eps))
            : Optional.empty(),
        Encoder.bind(at.at("encoder"), config.transformer()),
        LayerNorm.bind(at.at("post_layernorm"), hidden, eps),
        config.pooling());
  }

  @Override
  public Tensor forward(Tensor pixels) {
    return pooling.pool(hiddenStates(pixels), postLayernorm).tap(this, "pooled");
  }

  /** All tokens after the last block, without the final norm: [batch, tokens, hidden]. */
  public Tensor hiddenStates(Tensor pixels) {
    Tensor embedded = embeddings.forward(pixels);
    Tensor first = preLayrnorm.map(norm -> norm.forward(embedded)).orElse(embedded);
    return encoder.forward(first, Mask.none()).tap(this, "lastHiddenState");
  }
}
