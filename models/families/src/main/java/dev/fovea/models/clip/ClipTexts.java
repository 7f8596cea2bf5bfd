package dev.fovea.models.clip;

import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.PixelBatch;
import dev.fovea.models.TextEmbedder;
import java.util.List;

/** A text side of CLIP by itself, ready for use. */
public final class ClipTexts extends Model implements TextEmbedder {
  private final ProjectedText tower;
  private final ClipText text;
  private final int dimension;

  ClipTexts(
      String family, ProjectedText tower, ClipText text, int dimension, ModelContext context) {
    super(family, tower, context);
    this.tower = tower;
    this.text = text;
    this.dimension = dimension;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public boolean fits(String sentence) {
    return text.fits(sentence);
  }

  @Override
  public float[][] textFeatures(List<String> texts) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                texts,
                batch ->
                    run(
                        session -> {
                          ClipText.Tokens tokens = text.tokens(batch);
                          return PixelBatch.rows(
                              tower.forward(session, tokens.ids(), tokens.attentionMask()));
                        })));
  }

  ClipText text() {
    return text;
  }

  ProjectedText tower() {
    return tower;
  }
}
