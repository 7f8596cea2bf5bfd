package dev.fovea.models.clip;

import dev.fovea.core.engine.Session;
import dev.fovea.core.image.Image;
import dev.fovea.core.image.ImageProcessor;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.ImageEmbedder;
import dev.fovea.models.Model;
import dev.fovea.models.ModelContext;
import dev.fovea.models.PixelBatch;
import java.util.List;

/** A vision tower of CLIP by itself, ready for use. */
public final class ClipVision extends Model implements ImageEmbedder {
  private final ProjectedVision tower;
  private final ImageProcessor imageProcessor;
  private final int dimension;

  ClipVision(
      String family,
      ProjectedVision tower,
      ImageProcessor imageProcessor,
      int dimension,
      ModelContext context) {
    super(family, tower, context);
    this.tower = tower;
    this.imageProcessor = imageProcessor;
    this.dimension = dimension;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public float[][] imageFeatures(List<Image> images) {
    return whileOpen(
        () ->
            PixelBatch.inBatches(
                images,
                batch -> run(session -> PixelBatch.rows(tower.forward(pixels(session, batch))))));
  }

  Tensor pixels(Session session, List<Image> images) {
    return PixelBatch.of(imageProcessor, images).toTensor(session);
  }

  ProjectedVision tower() {
    return tower;
  }
}
