package dev.fovea.models.dinov2;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.ImageClassifier;
import dev.fovea.models.Model;
import dev.fovea.models.PixelBatch;
import dev.fovea.models.VisionModel;
import dev.fovea.models.verify.ModelCase;
import dev.fovea.models.verify.Names;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.Replay;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The recorded outputs of {@code Dinov2Model} and its kin: for the pictures as the processor makes
 * them, and for other sizes under a prefix.
 */
final class Dinov2Replay implements Replay {
  private static final String PROCESSOR = "preprocessor_config.json";

  /** How many pictures are recorded in other sizes. */
  private static final int PICTURES_PER_SIZE = 2;

  @Override
  public void run(Model model, ModelCase recorded, Outputs outputs) {
    VisionModel vision = (VisionModel) model;
    List<Image> images = recorded.images();
    ModelFiles files = model.files();
    record(vision, ImageProcessor.load(files), images, "", outputs);
    List<Image> first = images.subList(0, Math.min(PICTURES_PER_SIZE, images.size()));
    for (Map.Entry<String, JsonNode> size : recorded.inputs().path("sizes").properties()) {
      int height = size.getValue().path(0).asInt(0);
      int width = size.getValue().path(1).asInt(0);
      ImageProcessor cropping =
          ImageProcessor.load(
              files.replacing(PROCESSOR, cropTo(files.json(PROCESSOR), height, width)));
      record(vision, cropping, first, size.getKey() + ".", outputs);
    }
  }

  /** The processor that resizes to the longer side and crops to this size. */
  private static byte[] cropTo(JsonNode config, int height, int width) {
    ObjectNode changed = (ObjectNode) config.deepCopy();
    changed.putObject("size").put("shortest_edge", Math.max(height, width));
    changed.putObject("crop_size").put("height", height).put("width", width);
    return Json.mapper().writeValueAsBytes(changed);
  }

  private static void record(
      VisionModel vision,
      ImageProcessor processor,
      List<Image> images,
      String prefix,
      Outputs outputs) {
    Dinov2 network = (Dinov2) vision.network();
    vision.run(
        session -> {
          session.withTap(network, outputs.tap(names(prefix)));
          Tensor pixels = PixelBatch.of(processor, images).toTensor(session);
          outputs.put(prefix + "pixel_values", pixels);
          if (network.hasClassifier()) {
            List<String> labels = vision.as(ImageClassifier.class).labels();
            outputs.putClasses(prefix, network.logits(pixels), labels);
          } else {
            outputs.put(prefix + "pooler_output", network.features(pixels));
          }
          return true;
        });
  }

  private static Names names(String prefix) {
    return new Names()
        .add("dinov2.embeddings.output", prefix + "embeddings")
        .add("dinov2.embeddings.output", prefix + "vision.hidden_states.0")
        .addLayers("dinov2.encoder.layers.", ".output", prefix + "vision.hidden_states.", 1)
        .add("dinov2.encoder.layers.0.selfAttn.output", prefix + "layer0.attn")
        .add("dinov2.encoder.layers.0.layerScale1.output", prefix + "layer0.layer_scale1")
        .add("dinov2.encoder.layers.0.mlp.output", prefix + "layer0.mlp")
        .add("dinov2.layernorm.output", prefix + "last_hidden_state");
  }
}
