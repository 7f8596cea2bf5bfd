package dev.fovea.models.resnet;

import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.ImageClassifier;
import dev.fovea.models.Model;
import dev.fovea.models.VisionModel;
import dev.fovea.models.verify.ModelCase;
import dev.fovea.models.verify.Names;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.Replay;

/** The recorded outputs of {@code ResNetModel} and {@code ResNetForImageClassification}. */
final class ResNetReplay implements Replay {
  private static final Names NAMES =
      new Names()
          .add("resnet.embedder.output", "vision.hidden_states.0")
          .addLayers("resnet.encoder.stages.", ".output", "vision.hidden_states.", 1)
          .add("resnet.encoder.stages.1.layers.0.shortcut.output", "stage1.block0.shortcut")
          .add("resnet.pooled", "pooled");

  @Override
  public void run(Model model, ModelCase recorded, Outputs outputs) {
    VisionModel vision = (VisionModel) model;
    ResNet network = (ResNet) vision.network();
    vision.run(
        session -> {
          session.withTap(network, outputs.tap(NAMES));
          Tensor pixels = vision.pixels(session, recorded.images());
          outputs.put("pixel_values", pixels);
          Tensor pooled = network.features(pixels);
          network
              .classifier()
              .ifPresent(
                  classifier ->
                      outputs.putClasses(
                          "",
                          classifier.forward(pooled),
                          model.as(ImageClassifier.class).labels()));
          return true;
        });
  }
}
