package dev.fovea.models.clip;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.layers.TransformerConfig;
import java.util.List;

/**
 * Reads the sizes of OpenAI's models from the shapes of their tensors; their files have no
 * configuration. Heads are 64 wide.
 */
final class OpenAiConfig {
  private static final int HEAD_WIDTH = 64;

  private final WeightFiles weights;
  private final String source;

  private OpenAiConfig(WeightFiles weights, String source) {
    this.weights = weights;
    this.source = source;
  }

  /**
   * The configuration that these tensors have.
   *
   * @param source what to call the file in an error
   */
  static ClipConfig read(WeightFiles weights, String source) {
    OpenAiConfig config = new OpenAiConfig(weights, source);
    return new ClipConfig(
        config.text(),
        config.isResNet() ? config.resNet() : config.transformer(),
        config.size("text_projection", 2, 1));
  }

  private ClipConfig.Text text() {
    int width = size("ln_final.weight", 1, 0);
    return new ClipConfig.Text(
        blocks(width, "transformer.resblocks."),
        size("token_embedding.weight", 2, 0),
        size("positional_embedding", 2, 0),
        true,
        new TextPooling.HighestId(),
        Projection.LINEAR);
  }

  private boolean isResNet() {
    return !weights.tensors().containsKey("visual.proj");
  }

  private ClipConfig.VisionTransformer transformer() {
    int width = size("visual.conv1.weight", 4, 0);
    int patchSize = size("visual.conv1.weight", 4, 3);
    int side = side("visual.positional_embedding");
    return new ClipConfig.VisionTransformer(
        blocks(width, "visual.transformer.resblocks."),
        size("visual.conv1.weight", 4, 1),
        imageSize(side, patchSize),
        patchSize,
        true,
        VisionPooling.CLASS_TOKEN,
        Projection.LINEAR);
  }

  private ClipConfig.VisionResNet resNet() {
    int width = size("visual.layer1.0.conv1.weight", 4, 0);
    return new ClipConfig.VisionResNet(
        List.of(
            count("visual.layer1.", ".conv1.weight"),
            count("visual.layer2.", ".conv1.weight"),
            count("visual.layer3.", ".conv1.weight"),
            count("visual.layer4.", ".conv1.weight")),
        width,
        heads(32 * width),
        imageSize(side("visual.attnpool.positional_embedding"), 32));
  }

  private TransformerConfig blocks(int width, String prefix) {
    return new TransformerConfig(
        width,
        size(prefix + "0.mlp.c_fc.weight", 2, 0),
        count(prefix, ".ln_1.weight"),
        heads(width),
        Activation.QUICK_GELU,
        1e-5);
  }

  private int heads(int width) {
    if (width % HEAD_WIDTH != 0) {
      throw wrong(
          "a width of %d is not a multiple of the head width %d".formatted(width, HEAD_WIDTH));
    }
    return width / HEAD_WIDTH;
  }

  /** Rows of the grid that a position table with a class token covers. */
  private int side(String table) {
    int cells = size(table, 2, 0) - 1;
    int side = (int) Math.round(Math.sqrt(cells));
    if (side < 1 || side * side != cells) {
      throw wrong(
          "tensor '%s' has %d positions, expected 1 and a square".formatted(table, cells + 1));
    }
    return side;
  }

  private int imageSize(int side, int patchSize) {
    long size = (long) side * patchSize;
    if (size > HuggingFaceConfig.LARGEST_IMAGE) {
      throw wrong("pictures of %d x %d are larger than any model takes".formatted(size, size));
    }
    return (int) size;
  }

  /** How many of prefix + 0 + suffix, prefix + 1 + suffix, ... there are. */
  private int count(String prefix, String suffix) {
    int count = 0;
    while (weights.tensors().containsKey(prefix + count + suffix)) {
      count++;
    }
    if (count == 0 || count > TransformerConfig.MOST_LAYERS) {
      throw wrong(
          "%d tensors '%s*%s', expected 1 to %d"
              .formatted(count, prefix, suffix, TransformerConfig.MOST_LAYERS));
    }
    return count;
  }

  private int size(String name, int rank, int axis) {
    StoredTensor tensor = weights.tensors().get(name);
    if (tensor == null) {
      throw wrong("tensor '%s' is missing; not the weights of OpenAI's CLIP".formatted(name));
    }
    if (tensor.shape().size() != rank
        || tensor.shape().get(axis) < 1
        || tensor.shape().get(axis) > 1 << 24) {
      throw wrong(
          "tensor '%s' is %s, not as in OpenAI's CLIP".formatted(name, tensor.describeShape()));
    }
    return Math.toIntExact(tensor.shape().get(axis));
  }

  private BadInputException wrong(String message) {
    return new BadInputException(source + ": " + message);
  }
}
