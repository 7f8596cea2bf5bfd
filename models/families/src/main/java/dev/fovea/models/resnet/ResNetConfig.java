package dev.fovea.models.resnet;

import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.tensor.Activation;
import dev.fovea.models.layers.TransformerConfig;
import java.util.List;

/**
 * The sizes of a ResNet.
 *
 * @param embeddingSize channels after the stem
 * @param hiddenSizes channels after each stage
 * @param depths blocks of each stage
 * @param bottleneck whether blocks are 1x1, 3x3, 1x1, rather than two of 3x3
 * @param downsampleInFirstStage whether the first stage halves the picture too
 * @param downsampleInBottleneck whether the first convolution of a bottleneck halves it (the
 *     original), rather than the second
 */
public record ResNetConfig(
    int numChannels,
    int embeddingSize,
    List<Integer> hiddenSizes,
    List<Integer> depths,
    boolean bottleneck,
    Activation hiddenAct,
    boolean downsampleInFirstStage,
    boolean downsampleInBottleneck) {
  public ResNetConfig {
    hiddenSizes = List.copyOf(hiddenSizes);
    depths = List.copyOf(depths);
  }

  /**
   * Reads the config.json of a {@code ResNetModel}; absent fields take the defaults of
   * transformers.
   */
  public static ResNetConfig read(Config config) {
    List<Integer> hiddenSizes = config.sizes("hidden_sizes", List.of(256, 512, 1024, 2048));
    List<Integer> depths = config.sizes("depths", List.of(3, 4, 6, 3));
    config.check(
        hiddenSizes.size() == depths.size(),
        "hidden_sizes has %d stages, depths has %d".formatted(hiddenSizes.size(), depths.size()));
    long blocks = depths.stream().mapToLong(Integer::longValue).sum();
    config.check(
        blocks <= TransformerConfig.MOST_LAYERS,
        "depths add up to %d, more than %d".formatted(blocks, TransformerConfig.MOST_LAYERS));
    boolean bottleneck = bottleneck(config);
    config.check(
        !bottleneck || hiddenSizes.stream().allMatch(size -> size >= ResNetBlock.REDUCTION),
        "hidden_sizes are too small for bottlenecks");
    return new ResNetConfig(
        config.size("num_channels", 3),
        config.size("embedding_size", 64),
        hiddenSizes,
        depths,
        bottleneck,
        config.activation("hidden_act", "relu"),
        config.flag("downsample_in_first_stage", false),
        config.flag("downsample_in_bottleneck", false));
  }

  private static boolean bottleneck(Config config) {
    return switch (config.text("layer_type", "bottleneck")) {
      case "bottleneck" -> true;
      case "basic" -> false;
      default -> throw config.wrong("layer_type", "basic or bottleneck");
    };
  }
}
