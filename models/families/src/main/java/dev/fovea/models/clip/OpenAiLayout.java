package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Layout;

/**
 * Tensor names of OpenAI's release, which OpenCLIP took over: q, k, v in one matrix, projections
 * applied from the right.
 */
final class OpenAiLayout {
  private static final Layout VISION =
      blocks("vision_model.encoder.layers.*.", "visual.transformer.resblocks.*.")
          .rename("vision_model.embeddings.class_embedding", "visual.class_embedding")
          .rename("vision_model.embeddings.patch_embedding.weight", "visual.conv1.weight")
          .rename(
              "vision_model.embeddings.position_embedding.weight", "visual.positional_embedding")
          .rename("vision_model.pre_layrnorm.**", "visual.ln_pre.**")
          .rename("vision_model.post_layernorm.**", "visual.ln_post.**")
          .transpose("visual_projection.weight", "visual.proj")
          .rename("vision_model.**", "visual.**")
          .leftover("**.num_batches_tracked");

  /** OpenAI's files say their sizes in three numbers too; some OpenCLIP files keep the mask. */
  private static final Layout LAYOUT =
      VISION
          .and(text(""))
          .and(text("text."))
          .leftover("input_resolution")
          .leftover("context_length")
          .leftover("vocab_size")
          .leftover("attn_mask")
          .leftover("text.attn_mask");

  private OpenAiLayout() {}

  /** The table for both sides; the text side may stand under {@code text}. */
  static Layout layout() {
    return LAYOUT;
  }

  private static Layout text(String prefix) {
    return blocks("text_model.encoder.layers.*.", prefix + "transformer.resblocks.*.")
        .rename("text_model.embeddings.token_embedding.weight", prefix + "token_embedding.weight")
        .rename("text_model.embeddings.position_embedding.weight", prefix + "positional_embedding")
        .rename("text_model.final_layer_norm.**", prefix + "ln_final.**")
        .transpose("text_projection.weight", prefix + "text_projection")
        .rename("text_projection.**", prefix + "text_projection.**");
  }

  private static Layout blocks(String canonical, String stored) {
    Layout layout = Layout.canonical();
    for (String kind : new String[] {"weight", "bias"}) {
      layout =
          layout.join(
              stored + "attn.in_proj_" + kind,
              canonical + "self_attn.q_proj." + kind,
              canonical + "self_attn.k_proj." + kind,
              canonical + "self_attn.v_proj." + kind);
    }
    return layout
        .rename(canonical + "self_attn.out_proj.**", stored + "attn.out_proj.**")
        .rename(canonical + "layer_norm1.**", stored + "ln_1.**")
        .rename(canonical + "layer_norm2.**", stored + "ln_2.**")
        .rename(canonical + "layer_scale1.lambda1", stored + "ls_1.gamma")
        .rename(canonical + "layer_scale2.lambda1", stored + "ls_2.gamma")
        .rename(canonical + "mlp.fc1.**", stored + "mlp.c_fc.**")
        .rename(canonical + "mlp.fc2.**", stored + "mlp.c_proj.**");
  }
}
