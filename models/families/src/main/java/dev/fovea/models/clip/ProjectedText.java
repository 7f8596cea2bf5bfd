package dev.fovea.models.clip;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.Linear;
import java.util.Optional;

/** CLIP's text side by itself, with its projection where the file has one. */
public record ProjectedText(ClipTextModel textModel, Optional<Linear> textProjection) {
  static ProjectedText bind(Binder at, ClipConfig.Text config, int projectionDim) {
    return new ProjectedText(
        ClipTextModel.bind(at.at("text_model"), config),
        ClipModel.textProjection(at, config, projectionDim));
  }

  /** Vectors of texts, not normalised: [batch, projectionDim], or [batch, hidden] without. */
  public Tensor forward(Session session, Indices ids, Indices attentionMask) {
    return ClipModel.projected(textProjection, textModel.forward(session, ids, attentionMask));
  }
}
