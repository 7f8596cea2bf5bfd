package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tokenizer.Tokenizer;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.verify.Replay;

/** CLIP as OpenCLIP stores it: open_clip_config.json beside the weights. */
public final class OpenClipFamily implements ModelFamily {
  private static final String CONFIG = "open_clip_config.json";

  @Override
  public String name() {
    return "openclip";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return files.contains(CONFIG);
  }

  @Override
  public Layout layout(ModelFiles files) {
    return OpenAiLayout.layout();
  }

  @Override
  public Model open(ModelContext context) {
    ModelFiles files = context.files();
    ClipConfig config = config(files);
    OpenClipConfig.requireClipTokenizer(json(files));
    return new Clip(
        name(),
        ClipModel.bind(context.checkpoint().binder(), config),
        new OpenAiText(Tokenizer.openAiClip(files), config.text().maxPositionEmbeddings()),
        ImageProcessor.openClip(files),
        config.projectionDim(),
        context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    ClipConfig config = config(files);
    return ClipStructure.of(ClipModel.bind(Binder.shapesOnly(), config), config);
  }

  @Override
  public Replay replay() {
    return new ClipReplay();
  }

  private static ClipConfig config(ModelFiles files) {
    return OpenClipConfig.read(json(files));
  }

  private static Config json(ModelFiles files) {
    return Config.of(files.json(CONFIG), files.describe(CONFIG));
  }
}
