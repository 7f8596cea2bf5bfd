package dev.fovea.models.clip;

import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.Model;
import dev.fovea.models.verify.ModelCase;
import dev.fovea.models.verify.Names;
import dev.fovea.models.verify.Outputs;
import dev.fovea.models.verify.Replay;

/** The recorded outputs of CLIP, whole or one side, under the names of every exporter. */
final class ClipReplay implements Replay {
  private static final Names NAMES =
      new Names()
          .add("visionModel.embeddings.patchEmbedding.output", "vision.patch_conv")
          .add("visionModel.embeddings.output", "vision.embeddings")
          .add("visionModel.preLayrnorm.output", "vision.pre_layernorm")
          .add("visionModel.preLayrnorm.output", "vision.ln_pre")
          .add("visionModel.preLayrnorm.output", "vision.hidden_states.0")
          .add("visionModel.encoder.layers.0.selfAttn.output", "vision.layer0.attn")
          .add("visionModel.encoder.layers.0.mlp.output", "vision.layer0.mlp")
          .addLayers("visionModel.encoder.layers.", ".output", "vision.hidden_states.", 1)
          .addLayers("visionModel.encoder.layers.", ".output", "vision.block.", 0)
          .add("visionModel.lastHiddenState", "vision.last_hidden_state")
          .add("visionModel.pooled", "vision.pooled")
          .add("visionModel.stem", "vision.stem")
          .addLayers("visionModel.layer", ".output", "vision.stage.", -1)
          .add("visionModel.layer1.0.conv1.output", "vision.stage0.block0.relu1")
          .add("visionModel.layer2.0.downsample.output", "vision.stage1.block0.downsample")
          .add("visionModel.attnpool.output", "vision.attnpool")
          .add("textModel.embeddings.tokenEmbedding.output", "text.token_embedding")
          .add("textModel.embeddings.output", "text.embeddings")
          .add("textModel.embeddings.output", "text.hidden_states.0")
          .addLayers("textModel.encoder.layers.", ".output", "text.hidden_states.", 1)
          .addLayers("textModel.encoder.layers.", ".output", "text.block.", 0)
          .add("textModel.lastHiddenState", "text.last_hidden_state")
          .add("textModel.pooled", "text.pooled");

  @Override
  public void run(Model model, ModelCase recorded, Outputs outputs) {
    Clip clip = (Clip) model;
    ClipText.Tokens tokens = tokens(clip.text(), recorded, outputs);
    clip.run(
        session -> {
          session.withTap(clip.root(), outputs.tap(NAMES));
          Tensor pixels = clip.pixels(session, recorded.images());
          outputs.put("pixel_values", pixels);
          Tensor image = clip.layers().imageFeatures(pixels);
          Tensor text = clip.layers().textFeatures(session, tokens.ids(), tokens.attentionMask());
          compare(clip.layers(), image, text, outputs);
          return true;
        });
    outputs.tokensToGrid("vision.patch_conv");
  }

  /** The recorded outputs of {@code CLIPVisionModel}, with or without projection. */
  static void visionTower(Model model, ModelCase recorded, Outputs outputs) {
    ClipVision vision = (ClipVision) model;
    vision.run(
        session -> {
          session.withTap(vision.root(), outputs.tap(NAMES));
          Tensor pixels = vision.pixels(session, recorded.images());
          outputs.put("pixel_values", pixels);
          outputs.put("image_embeds", vision.tower().forward(pixels));
          return true;
        });
    outputs.tokensToGrid("vision.patch_conv");
  }

  /** The recorded outputs of {@code CLIPTextModel}, with or without projection. */
  static void textTower(Model model, ModelCase recorded, Outputs outputs) {
    ClipTexts texts = (ClipTexts) model;
    ClipText.Tokens tokens = tokens(texts.text(), recorded, outputs);
    texts.run(
        session -> {
          session.withTap(texts.root(), outputs.tap(NAMES));
          outputs.put(
              "text_embeds", texts.tower().forward(session, tokens.ids(), tokens.attentionMask()));
          return true;
        });
  }

  private static ClipText.Tokens tokens(ClipText text, ModelCase recorded, Outputs outputs) {
    boolean padded = recorded.inputs().path("padding").asString("").equals("max_length");
    ClipText.Tokens tokens = (padded ? text.padded() : text).tokens(recorded.texts());
    outputs.put("input_ids", tokens.ids());
    outputs.put("attention_mask", tokens.attentionMask());
    return tokens;
  }

  /** Features, normalised features, logits and probabilities, as every CLIP recording has them. */
  private static void compare(ClipModel clip, Tensor image, Tensor text, Outputs outputs) {
    Tensor imageEmbeds = image.normalized();
    Tensor textEmbeds = text.normalized();
    Tensor logits = clip.logitsPerImage(imageEmbeds, textEmbeds);
    outputs.put("image_features", image);
    outputs.put("text_features", text);
    outputs.put("image_embeds", imageEmbeds);
    outputs.put("text_embeds", textEmbeds);
    outputs.put("logits_per_image", logits);
    outputs.put("logits_per_text", logits.permute(1, 0));
    outputs.put("probs", logits.softmax());
  }
}
