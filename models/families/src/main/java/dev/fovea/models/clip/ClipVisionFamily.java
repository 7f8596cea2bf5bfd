package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.models.FixedSize;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.clip.ClipConfig.Projection;
import dev.fovea.models.clip.ClipConfig.VisionTransformer;
import dev.fovea.models.verify.Replay;

/**
 * CLIP's vision tower by itself: {@code CLIPVisionModel}, whose names transformers 5 writes without
 * prefix, and {@code CLIPVisionModelWithProjection}.
 */
public final class ClipVisionFamily implements ModelFamily {
  @Override
  public String name() {
    return "clip_vision";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("clip_vision_model");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return Layout.canonical()
        .rename("vision_model.**", "**")
        .leftover("vision_model.embeddings.position_ids")
        .leftover("embeddings.position_ids");
  }

  @Override
  public Model open(ModelContext context) {
    Config config = ModelFamily.config(context.files());
    Binder binder = context.checkpoint().binder();
    boolean projects = binder.at("visual_projection").has("weight");
    VisionTransformer vision = HuggingFaceConfig.vision(config, Projection.linearIf(projects));
    int projectionDim = HuggingFaceConfig.projectionDim(config);
    return new ClipVision(
        name(),
        ProjectedVision.bind(binder, vision, projectionDim),
        new FixedSize(
            ImageProcessor.load(context.files()),
            vision.numChannels(),
            vision.imageSize(),
            context.files().describe("config.json")),
        projects ? projectionDim : vision.transformer().hiddenSize(),
        context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    Config config = ModelFamily.config(files);
    boolean projects = HuggingFaceConfig.isWithProjection(config);
    VisionTransformer vision = HuggingFaceConfig.vision(config, Projection.linearIf(projects));
    ProjectedVision tower =
        ProjectedVision.bind(Binder.shapesOnly(), vision, HuggingFaceConfig.projectionDim(config));
    return new Structure(
        tower,
        session -> tower.forward(ClipStructure.picture(session, vision)),
        ClipStructure.describe(vision));
  }

  @Override
  public Replay replay() {
    return ClipReplay::visionTower;
  }
}
