package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tokenizer.Tokenizer;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.clip.ClipText.Tokens;
import dev.fovea.models.verify.Replay;

/**
 * CLIP's text side by itself: {@code CLIPTextModel}, whose names transformers 5 writes without
 * prefix, and {@code CLIPTextModelWithProjection}.
 */
public final class ClipTextFamily implements ModelFamily {
  @Override
  public String name() {
    return "clip_text";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("clip_text_model");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return Layout.canonical()
        .rename("text_model.**", "**")
        .leftover("text_model.embeddings.position_ids")
        .leftover("embeddings.position_ids");
  }

  @Override
  public Model open(ModelContext context) {
    Config config = ModelFamily.config(context.files());
    Binder binder = context.checkpoint().binder();
    boolean projects = binder.at("text_projection").has("weight");
    ClipConfig.Text text = HuggingFaceConfig.text(config, Projection.linearIf(projects));
    int projectionDim = HuggingFaceConfig.projectionDim(config);
    return new ClipTexts(
        name(),
        ProjectedText.bind(binder, text, projectionDim),
        new HuggingFaceText(Tokenizer.load(context.files()), text.maxPositionEmbeddings()),
        projects ? projectionDim : text.transformer().hiddenSize(),
        context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    Config config = ModelFamily.config(files);
    boolean projects = HuggingFaceConfig.isWithProjection(config);
    ClipConfig.Text text = HuggingFaceConfig.text(config, Projection.linearIf(projects));
    ProjectedText tower =
        ProjectedText.bind(Binder.shapesOnly(), text, HuggingFaceConfig.projectionDim(config));
    Tokens tokens = ClipStructure.text(text);
    return new Structure(
        tower,
        session -> tower.forward(session, tokens.ids(), tokens.attentionMask()),
        ClipStructure.describe(text));
  }

  @Override
  public Replay replay() {
    return ClipReplay::textTower;
  }
}
