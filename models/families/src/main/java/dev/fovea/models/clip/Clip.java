package dev.fovea.models.clip;

import dev.fovea.core.engine.Session;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.ImageTextModel;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.PixelBatch;
import java.util.List;

/**
 * A CLIP model ready for use.
 *
 * <pre>{@code
 * try (ImageTextModel clip = Models.open(Path.of("clip-vit-base-patch32"), ImageTextModel.class)) {
 *   float[] picture = clip.embed(Image.read(Path.of("cat.jpg")));
 *   float[] text = clip.embed("a photo of a cat");
 * }
 * }</pre>
 */
public final class Clip extends Model implements ImageTextModel {
  private final ClipModel clip;
  private final ClipText text;
  private final ImageProcessor imageProcessor;
  private final int dimension;
  private final Similarity similarity;

  Clip(
      String family,
      ClipModel clip,
      ClipText text,
      ImageProcessor imageProcessor,
      int dimension,
      ModelContext context) {
    super(family, clip, context);
    this.clip = clip;
    this.text = text;
    this.imageProcessor = imageProcessor;
    this.dimension = dimension;
    this.similarity =
        run(s -> new Similarity(s.weight(clip.logitScale()).exp().toFloats()[0], 0, false));
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Similarity similarity() {
    return similarity;
  }

  @Override
  public float[][] imageFeatures(List<Image> images) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                images,
                batch ->
                    run(session -> PixelBatch.rows(clip.imageFeatures(pixels(session, batch))))));
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
                              clip.textFeatures(session, tokens.ids(), tokens.attentionMask()));
                        })));
  }

  Tensor pixels(Session session, List<Image> images) {
    return PixelBatch.of(imageProcessor, images).toTensor(session);
  }

  ClipModel layers() {
    return clip;
  }

  ClipText text() {
    return text;
  }
}
