package dev.fovea.models.clip;

import dev.fovea.core.tensor.Indices;
import dev.fovea.models.Structure;

/** CLIP without weights, with a forward pass of both sides for counting. */
final class ClipStructure {
  private ClipStructure() {}

  static Structure of(ClipModel model, ClipConfig config) {
    int side = config.vision().imageSize();
    int channels = config.vision().numChannels();
    int length = config.text().maxPositionEmbeddings();
    Indices ids = new Indices(1, length, new int[length]);
    return new Structure(
        model,
        session -> {
          model.imageFeatures(
              session.tensor(new float[channels * side * side], 1, channels, side, side));
          model.textFeatures(session, ids, ClipText.Tokens.unmasked(ids).attentionMask());
        },
        "1 picture of %d x %d and 1 text of %d tokens".formatted(side, side, length));
  }
}
