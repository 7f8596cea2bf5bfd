package dev.fovea.bench.vs;

import dev.fovea.bench.vs.onnx.Floats;
import dev.fovea.bench.vs.onnx.VisionShape;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A Hugging Face model folder of CLIP's image tower with random weights, for as long as it is open.
 */
final class RandomTower implements AutoCloseable {
  private static final List<String> FILES =
      List.of("config.json", "preprocessor_config.json", "model.safetensors");

  private final Path directory;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Random random;

  private RandomTower(Path directory, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
  }

  static RandomTower create(VisionShape shape, long seed) throws IOException {
    RandomTower tower = new RandomTower(Files.createTempDirectory("fovea-race"), seed);
    tower.fill(shape);
    Files.writeString(tower.directory.resolve("config.json"), config(shape));
    Files.writeString(
        tower.directory.resolve("preprocessor_config.json"),
        """
        {"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": %1$d},
         "crop_size": {"height": %1$d, "width": %1$d}, "do_resize": true, "do_center_crop": true,
         "do_rescale": true, "do_normalize": true, "image_mean": [0.5, 0.5, 0.5],
         "image_std": [0.5, 0.5, 0.5], "resample": 3}
        """
            .formatted(shape.imageSize()));
    SafeTensors.write(
        tower.directory.resolve("model.safetensors"),
        tower.tensors.values(),
        Map.of("format", "pt"));
    return tower;
  }

  Path directory() {
    return directory;
  }

  /** The values of a tensor as f32, little-endian. */
  byte[] values(String name) {
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor " + name);
    }
    return tensor.data().toArray(ValueLayout.JAVA_BYTE);
  }

  private void fill(VisionShape shape) {
    long hidden = shape.hiddenSize();
    String embeddings = "vision_model.embeddings.";
    add(embeddings + "class_embedding", 0, hidden);
    add(embeddings + "patch_embedding.weight", 0, hidden, 3, shape.patchSize(), shape.patchSize());
    add(embeddings + "position_embedding.weight", 0, shape.numTokens(), hidden);
    norm("vision_model.pre_layrnorm", hidden);
    for (int i = 0; i < shape.numHiddenLayers(); i++) {
      String layer = "vision_model.encoder.layers." + i;
      for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
        linear(layer + ".self_attn." + projection, hidden, hidden);
      }
      norm(layer + ".layer_norm1", hidden);
      norm(layer + ".layer_norm2", hidden);
      linear(layer + ".mlp.fc1", shape.intermediateSize(), hidden);
      linear(layer + ".mlp.fc2", hidden, shape.intermediateSize());
    }
    norm("vision_model.post_layernorm", hidden);
    add("visual_projection.weight", 0, shape.projectionDim(), hidden);
  }

  private void linear(String name, long out, long in) {
    add(name + ".weight", 0, out, in);
    add(name + ".bias", 0, out);
  }

  private void norm(String name, long size) {
    add(name + ".weight", 1, size);
    add(name + ".bias", 0, size);
  }

  private void add(String name, float mean, long... dims) {
    float[] values =
        MatMulRace.gaussian(
            random, Math.toIntExact(Arrays.stream(dims).reduce(1, (a, b) -> a * b)), 0.02f);
    for (int i = 0; i < values.length; i++) {
      values[i] += mean;
    }
    tensors.put(
        name,
        new StoredTensor(
            name,
            DType.F32,
            Arrays.stream(dims).boxed().toList(),
            MemorySegment.ofArray(Floats.bytes(values))));
  }

  private static String config(VisionShape shape) {
    return """
        {"architectures": ["CLIPVisionModelWithProjection"], "model_type": "clip_vision_model",
         "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
         "num_attention_heads": %d, "image_size": %d, "patch_size": %d, "projection_dim": %d,
         "hidden_act": "quick_gelu", "layer_norm_eps": 1e-05}
        """
        .formatted(
            shape.hiddenSize(),
            shape.intermediateSize(),
            shape.numHiddenLayers(),
            shape.numAttentionHeads(),
            shape.imageSize(),
            shape.patchSize(),
            shape.projectionDim());
  }

  @Override
  public void close() throws IOException {
    for (String file : FILES) {
      Files.deleteIfExists(directory.resolve(file));
    }
    Files.deleteIfExists(directory);
  }
}
