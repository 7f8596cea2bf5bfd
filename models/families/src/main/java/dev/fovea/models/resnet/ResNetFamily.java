package dev.fovea.models.resnet;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.checkpoint.Config;
import dev.fovea.core.checkpoint.Layout;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.ClassLabels;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Structure;
import dev.fovea.models.VisionModel;
import dev.fovea.models.verify.Replay;

/** {@code ResNetModel} and {@code ResNetForImageClassification}. */
public final class ResNetFamily implements ModelFamily {
  /** What a ResNet usually sees; its configuration does not say. */
  private static final int IMAGE_SIZE = 224;

  @Override
  public String name() {
    return "resnet";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("resnet");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return Layout.canonical().optionalPrefix("resnet.").leftover("**.num_batches_tracked");
  }

  @Override
  public Model open(ModelContext context) {
    Config config = ModelFamily.config(context.files());
    Binder binder = context.checkpoint().binder();
    int numLabels = binder.has("classifier.1.weight") ? ClassLabels.read(config).size() : 0;
    return VisionModel.of(
        name(), ResNet.bind(binder, ResNetConfig.read(config), numLabels), context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    Config json = ModelFamily.config(files);
    ResNetConfig config = ResNetConfig.read(json);
    int numLabels = ClassLabels.areAskedFor(json) ? ClassLabels.read(json).size() : 0;
    return VisionModel.structure(
        ResNet.bind(Binder.shapesOnly(), config, numLabels),
        config.numChannels(),
        IMAGE_SIZE,
        IMAGE_SIZE);
  }

  @Override
  public Replay replay() {
    return new ResNetReplay();
  }
}
