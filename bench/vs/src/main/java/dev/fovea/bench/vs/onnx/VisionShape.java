package dev.fovea.bench.vs.onnx;

/** The sizes of an image tower, named as in config.json. */
public record VisionShape(
    int hiddenSize,
    int intermediateSize,
    int numHiddenLayers,
    int numAttentionHeads,
    int imageSize,
    int patchSize,
    int projectionDim) {
  /** {@code openai/clip-vit-base-patch32}. */
  public static VisionShape vitB32() {
    return new VisionShape(768, 3072, 12, 12, 224, 32, 512);
  }

  /** Patches and the class token. */
  public int numTokens() {
    return (imageSize / patchSize) * (imageSize / patchSize) + 1;
  }
}
