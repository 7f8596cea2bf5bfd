package dev.fovea.models.vit;

import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.ImageClassifier;
import dev.fovea.models.Model;
import dev.fovea.models.VisionModel;
import dev.fovea.models.verify.ModelCase;
import dev.fovea.models.verify.Names;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.Replay;

/** The recorded outputs of {@code ViTModel} and {@code ViTForImageClassification}. */
final class VitReplay implements Replay {
  private static final Names NAMES =
      new Names()
          .add("vit.embeddings.output", "embeddings")
          .add("vit.embeddings.output", "vision.hidden_states.0")
          .addLayers("vit.encoder.layers.", ".output", "vision.hidden_states.", 1)
          .addLayers("vit.encoder.layers.", ".selfAttn.probs", "attentions.", 0)
          .add("vit.layernorm.output", "layernorm")
          .add("vit.layernorm.output", "last_hidden_state")
          .add("vit.pooler.output", "pooler_output");

  @Override
  public void run(Model model, ModelCase recorded, Outputs outputs) {
    VisionModel vision = (VisionModel) model;
    Vit vit = (Vit) vision.network();
    vision.run(
        session -> {
          session.withTap(vit, outputs.tap(NAMES));
          Tensor pixels = vision.pixels(session, recorded.images());
          outputs.put("pixel_values", pixels);
          Tensor tokens = vit.vit().forward(pixels);
          vit.vit().pooler().ifPresent(pooler -> pooler.forward(tokens));
          vit.classifier()
              .ifPresent(
                  classifier ->
                      outputs.putClasses(
                          "",
                          classifier.forward(tokens.select(1, 0)),
                          model.as(ImageClassifier.class).labels()));
          return true;
        });
  }
}
