package dev.fovea.models.siglip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Shape;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.layers.PatchGrid;
import dev.fovea.models.verify.Replay;

/** Both sides of SigLIP as Hugging Face stores them: {@code SiglipModel}. */
public final class SiglipFamily implements ModelFamily {
  @Override
  public String name() {
    return "siglip";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("siglip");
  }

  @Override
  public Layout layout(ModelFiles files) {
    String head = "vision_model.head.attention.";
    return Layout.canonical()
        .join(head + "in_proj_*", head + "q_proj.*", head + "k_proj.*", head + "v_proj.*")
        .leftover("text_model.embeddings.position_ids")
        .leftover("vision_model.embeddings.position_ids");
  }

  @Override
  public Model open(ModelContext context) {
    SiglipConfig config = SiglipConfig.read(ModelFamily.config(context.files()));
    SiglipModel model = SiglipModel.bind(context.checkpoint().binder(), config);
    return new Siglip(name(), model, config, context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    SiglipConfig config = SiglipConfig.read(ModelFamily.config(files));
    SiglipModel model = SiglipModel.bind(Binder.shapesOnly(), config);
    PatchGrid grid = config.vision().grid();
    int side = grid.imageSize();
    int length = config.text().maxPositionEmbeddings();
    Indices ids = new Indices(1, length, new int[length]);
    return new Structure(
        model,
        session -> {
          model
              .visionModel()
              .forward(session.allocate(Shape.of(1, grid.numChannels(), side, side)));
          model.textModel().forward(session, ids);
        },
        "1 picture of %d x %d and 1 text of %d tokens".formatted(side, side, length));
  }

  @Override
  public Replay replay() {
    return new SiglipReplay();
  }
}
