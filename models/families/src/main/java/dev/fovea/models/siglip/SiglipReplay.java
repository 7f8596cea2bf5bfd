package dev.fovea.models.siglip;

import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.Model;
import dev.fovea.models.TokenBatch;
import dev.fovea.models.verify.ModelCase;
import dev.fovea.models.verify.Names;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.Replay;

/** The recorded outputs of {@code SiglipModel}. */
final class SiglipReplay implements Replay {
  private static final Names NAMES =
      new Names()
          .add("visionModel.embeddings.output", "vision.embeddings")
          .add("visionModel.embeddings.output", "vision.hidden_states.0")
          .addLayers("visionModel.encoder.layers.", ".output", "vision.hidden_states.", 1)
          .add("visionModel.postLayernorm.output", "vision.post_layernorm")
          .add("visionModel.pooled", "vision.pooled")
          .add("textModel.embeddings.output", "text.embeddings")
          .add("textModel.embeddings.output", "text.hidden_states.0")
          .addLayers("textModel.encoder.layers.", ".output", "text.hidden_states.", 1)
          .add("textModel.pooled", "text.pooled");

  @Override
  public void run(Model model, ModelCase recorded, Outputs outputs) {
    Siglip siglip = (Siglip) model;
    SiglipModel layers = (SiglipModel) model.root();
    TokenBatch tokens = siglip.tokens(recorded.texts());
    outputs.put("input_ids", tokens.ids());
    siglip.run(
        session -> {
          session.withTap(layers, outputs.tap(NAMES));
          Tensor pixels = siglip.pixels(session, recorded.images());
          outputs.put("pixel_values", pixels);
          Tensor imageEmbeds = layers.visionModel().forward(pixels).normalized();
          Tensor textEmbeds = layers.textModel().forward(session, tokens.ids()).normalized();
          Tensor logits = layers.logitsPerImage(imageEmbeds, textEmbeds);
          outputs.put("image_embeds", imageEmbeds);
          outputs.put("text_embeds", textEmbeds);
          outputs.put("logits_per_image", logits);
          outputs.put("logits_per_text", logits.permute(1, 0));
          outputs.put("probs", logits.activate(Activation.SIGMOID));
          return true;
        });
  }
}
