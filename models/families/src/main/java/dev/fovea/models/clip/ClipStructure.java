package dev.fovea.models.clip;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.Structure;
import dev.fovea.models.clip.ClipText.Tokens;

/** CLIP without weights, with a forward pass for counting. */
final class ClipStructure {
  private ClipStructure() {}

  static Structure of(ClipModel model, ClipConfig config) {
    return new Structure(
        model,
        session -> {
          model.imageFeatures(picture(session, config.vision()));
          Tokens tokens = text(config.text());
          model.textFeatures(session, tokens.ids(), tokens.attentionMask());
        },
        describe(config.vision()) + " and " + describe(config.text()));
  }

  static Tensor picture(Session session, ClipConfig.Vision config) {
    int side = config.imageSize();
    return session.allocate(Shape.of(1, config.numChannels(), side, side));
  }

  static Tokens text(ClipConfig.Text config) {
    int length = config.maxPositionEmbeddings();
    Indices ids = new Indices(1, length, new int[length]);
    return new Tokens(ids, ids).unmasked();
  }

  static String describe(ClipConfig.Vision config) {
    return "1 picture of %d x %d".formatted(config.imageSize(), config.imageSize());
  }

  static String describe(ClipConfig.Text config) {
    return "1 text of %d tokens".formatted(config.maxPositionEmbeddings());
  }
}
