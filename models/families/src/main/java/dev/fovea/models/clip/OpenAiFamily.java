package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tokenizer.Tokenizer;
import dev.fovea.core.weights.WeightFiles;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.verify.Replay;
import java.lang.foreign.Arena;

/** CLIP as OpenAI released it: a TorchScript archive alone, whose tensors say all sizes. */
public final class OpenAiFamily implements ModelFamily {
  @Override
  public String name() {
    return "openai_clip";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return !files.contains("config.json")
        && files.list().stream().filter(name -> name.endsWith(".pt")).count() == 1;
  }

  @Override
  public Layout layout(ModelFiles files) {
    return OpenAiLayout.layout();
  }

  @Override
  public Model open(ModelContext context) {
    ModelFiles files = context.files();
    ClipConfig config = config(context.checkpoint().weights(), files);
    return new Clip(
        name(),
        ClipModel.bind(context.checkpoint().binder(), config),
        new OpenAiText(Tokenizer.openAiClip(files), config.text().maxPositionEmbeddings()),
        ImageProcessor.openAiClip(config.vision().imageSize()),
        config.projectionDim(),
        context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    try (Arena arena = Arena.ofConfined()) {
      ClipConfig config = config(WeightFiles.open(files, arena), files);
      return ClipStructure.of(ClipModel.bind(Binder.shapesOnly(), config), config);
    }
  }

  @Override
  public Replay replay() {
    return new ClipReplay();
  }

  private static ClipConfig config(WeightFiles weights, ModelFiles files) {
    return OpenAiConfig.read(weights, files.describe(weights.fileNames().getFirst()));
  }
}
