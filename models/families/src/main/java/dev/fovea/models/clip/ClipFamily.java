package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tokenizer.Tokenizer;
import dev.fovea.models.FixedSize;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.verify.Replay;
import dev.fovea.models.verify.TrainingReplay;
import java.util.Optional;

/** Both sides of CLIP as Hugging Face stores them: {@code CLIPModel}. */
public final class ClipFamily implements ModelFamily {
  @Override
  public String name() {
    return "clip";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("clip");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return Layout.canonical()
        .leftover("text_model.embeddings.position_ids")
        .leftover("vision_model.embeddings.position_ids");
  }

  @Override
  public Model open(ModelContext context) {
    ModelFiles files = context.files();
    ClipConfig config = HuggingFaceConfig.both(ModelFamily.config(files));
    return new Clip(
        name(),
        ClipModel.bind(context.checkpoint().binder(), config),
        new HuggingFaceText(Tokenizer.load(files), config.text().maxPositionEmbeddings()),
        new FixedSize(
            ImageProcessor.load(files),
            config.vision().numChannels(),
            config.vision().imageSize(),
            files.describe("config.json")),
        config.projectionDim(),
        context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    ClipConfig config = HuggingFaceConfig.both(ModelFamily.config(files));
    return ClipStructure.of(ClipModel.bind(Binder.shapesOnly(), config), config);
  }

  @Override
  public Replay replay() {
    return new ClipReplay();
  }

  @Override
  public Optional<TrainingReplay> trainingReplay() {
    return Optional.of(new ClipTrainingReplay());
  }
}
