package dev.fovea.models.vit;

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

/** {@code ViTModel} and {@code ViTForImageClassification}. */
public final class VitFamily implements ModelFamily {
  @Override
  public String name() {
    return "vit";
  }

  @Override
  public boolean accepts(ModelFiles files) {
    return ModelFamily.modelType(files).equals("vit");
  }

  @Override
  public Layout layout(ModelFiles files) {
    return Layout.canonical()
        .optionalPrefix("vit.")
        .rename("embeddings.patch_embeddings.*", "embeddings.patch_embeddings.projection.*")
        .rename(
            "encoder.layers.*.self_attn.q_proj.*", "encoder.layer.*.attention.attention.query.*")
        .rename("encoder.layers.*.self_attn.k_proj.*", "encoder.layer.*.attention.attention.key.*")
        .rename(
            "encoder.layers.*.self_attn.v_proj.*", "encoder.layer.*.attention.attention.value.*")
        .rename("encoder.layers.*.self_attn.out_proj.*", "encoder.layer.*.attention.output.dense.*")
        .rename("encoder.layers.*.layer_norm1.*", "encoder.layer.*.layernorm_before.*")
        .rename("encoder.layers.*.layer_norm2.*", "encoder.layer.*.layernorm_after.*")
        .rename("encoder.layers.*.mlp.fc1.*", "encoder.layer.*.intermediate.dense.*")
        .rename("encoder.layers.*.mlp.fc2.*", "encoder.layer.*.output.dense.*");
  }

  @Override
  public Model open(ModelContext context) {
    Config config = ModelFamily.config(context.files());
    Binder binder = context.checkpoint().binder();
    int numLabels = binder.has("classifier.weight") ? ClassLabels.read(config).size() : 0;
    Vit vit =
        Vit.bind(binder, VitConfig.read(config), numLabels, binder.has("pooler.dense.weight"));
    return VisionModel.of(name(), vit, context);
  }

  @Override
  public Structure structure(ModelFiles files) {
    Config json = ModelFamily.config(files);
    VitConfig config = VitConfig.read(json);
    boolean classifier = ClassLabels.areAskedFor(json);
    Vit vit =
        Vit.bind(
            Binder.shapesOnly(),
            config,
            classifier ? ClassLabels.read(json).size() : 0,
            !classifier);
    int side = config.grid().imageSize();
    return VisionModel.structure(vit, config.grid().numChannels(), side, side);
  }

  @Override
  public Replay replay() {
    return new VitReplay();
  }
}
