package dev.fovea.bench.vs;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.Inspection;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import dev.fovea.models.clip.ProjectedVision;
import java.nio.file.Path;

/** CLIP's image tower in Fovea, opened from a model folder as users open it. */
final class FoveaTower implements AutoCloseable {
  private final Model model;
  private final ProjectedVision tower;
  private final long flops;

  private FoveaTower(Model model, long flops) {
    this.model = model;
    this.tower = (ProjectedVision) model.root();
    this.flops = flops;
  }

  static FoveaTower open(Path directory, Engine engine) {
    ModelFiles files = ModelFiles.directory(directory);
    return new FoveaTower(
        Models.open(files, engine), Inspection.of(files).floatingPointOperations());
  }

  /** Multiplications and additions for one picture. */
  long flops() {
    return flops;
  }

  /** Vectors of pictures, not normalised: [batch * projectionDim]. */
  float[] embed(float[] pixels, int batch, int side) {
    return model.run(
        session -> tower.forward(session.tensor(pixels, batch, 3, side, side)).toFloats());
  }

  @Override
  public void close() {
    model.close();
  }
}
