package dev.fovea.models.clip;

import dev.fovea.models.layers.TransformerConfig;
import java.util.List;

/**
 * The sizes of a CLIP model, whatever file states them.
 *
 * @param projectionDim dimensions of the shared space
 */
public record ClipConfig(Text text, Vision vision, int projectionDim) {
  /**
   * The text side.
   *
   * @param maxPositionEmbeddings tokens that a text can have
   * @param causal whether a token sees only what is before it
   * @param pooling where a text's vector is read
   */
  public record Text(
      TransformerConfig transformer,
      int vocabSize,
      int maxPositionEmbeddings,
      boolean causal,
      TextPooling pooling,
      Projection projection) {}

  /** How a tower's width becomes the shared dimension. */
  public enum Projection {
    NONE,
    LINEAR,
    LINEAR_WITH_BIAS;

    /** The projection that is there or not. */
    static Projection linearIf(boolean present) {
      return present ? LINEAR : NONE;
    }
  }

  /** The picture side. */
  public sealed interface Vision {
    int numChannels();

    /** Rows and columns of a picture. */
    int imageSize();
  }

  /**
   * A vision transformer.
   *
   * @param preNorm whether a norm precedes the first block
   */
  public record VisionTransformer(
      TransformerConfig transformer,
      int numChannels,
      int imageSize,
      int patchSize,
      boolean preNorm,
      VisionPooling pooling,
      Projection projection)
      implements Vision {
    /** Patches of one picture. */
    public int numPatches() {
      return (imageSize / patchSize) * (imageSize / patchSize);
    }
  }

  /**
   * The modified ResNet.
   *
   * @param layers blocks of each stage
   * @param width channels of the first stage's inner convolutions
   * @param numHeads heads of the attention that pools
   */
  public record VisionResNet(List<Integer> layers, int width, int numHeads, int imageSize)
      implements Vision {
    public VisionResNet {
      layers = List.copyOf(layers);
    }

    @Override
    public int numChannels() {
      return 3;
    }

    /** Channels of the last stage. */
    int embedDim() {
      return 32 * width;
    }
  }
}
