package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;

/** A zip archive that holds a pickle and its storages. */
final class ZippedPickle {
  private ZippedPickle() {}

  static WeightFiles read(ModelFiles files, String fileName, Arena arena) {
    if (arena.scope().isAlive()) {
      throw new BadInputException(files.describe(fileName) + ": pickles are not read yet");
    }
    return SafeTensors.read(files, fileName, arena);
  }
}
