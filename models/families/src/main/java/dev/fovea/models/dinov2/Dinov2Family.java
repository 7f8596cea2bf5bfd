package dev.fovea.models.dinov2;

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

/**
 * {@code Dinov2Model}, {@code Dinov2WithRegistersModel}, and both {@code ForImageClassification}.
 */
public final class Dinov2Family implements ModelFamily {
  @Override
  public String name() {
    return "dinov2";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    String type = ModelFamily.modelType(files);
    return type.equals("dinov2") || type.equals("dinov2_with_registers");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return Layout.canonical()
        .optionalPrefix("dinov2.")
        .optionalPrefix("dinov2_with_registers.")
        .rename("embeddings.patch_embeddings.*", "embeddings.patch_embeddings.projection.*")
        .rename(
            "encoder.layers.*.self_attn.q_proj.*", "encoder.layer.*.attention.attention.query.*")
        .rename("encoder.layers.*.self_attn.k_proj.*", "encoder.layer.*.attention.attention.key.*")
        .rename(
            "encoder.layers.*.self_attn.v_proj.*", "encoder.layer.*.attention.attention.value.*")
        .rename("encoder.layers.*.self_attn.out_proj.*", "encoder.layer.*.attention.output.dense.*")
        .rename("encoder.layers.*.layer_norm1.*", "encoder.layer.*.norm1.*")
        .rename("encoder.layers.*.layer_norm2.*", "encoder.layer.*.norm2.*")
        .join(
            "encoder.layer.*.mlp.weights_in.*",
            "encoder.layers.*.mlp.gate_proj.*",
            "encoder.layers.*.mlp.up_proj.*")
        .rename("encoder.layers.*.mlp.down_proj.*", "encoder.layer.*.mlp.weights_out.*")
        .rename("encoder.layers.**", "encoder.layer.**");
  }

  @Override
  public Model open(ModelContext context) {
    Config config = ModelFamily.config(context.files());
    Binder binder = context.checkpoint().binder();
    int numLabels = binder.has("classifier.weight") ? ClassLabels.read(config).size() : 0;
    return VisionModel.of(
        name(), Dinov2.bind(binder, Dinov2Config.read(config), numLabels), context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    Config json = ModelFamily.config(files);
    Dinov2Config config = Dinov2Config.read(json);
    int numLabels = ClassLabels.areAskedFor(json) ? ClassLabels.read(json).size() : 0;
    int side = config.grid().imageSize();
    return VisionModel.structure(
        Dinov2.bind(Binder.shapesOnly(), config, numLabels),
        config.grid().numChannels(),
        side,
        side);
  }

  @Override
  public Replay replay() {
    return new Dinov2Replay();
  }
}
