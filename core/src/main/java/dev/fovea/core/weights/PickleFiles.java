package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;

/** Zipped pickles as {@code torch.save} and TorchScript write them. */
public final class PickleFiles {
  private PickleFiles() {}

  /**
   * Reads one archive.
   *
   * @throws BadInputException if it is missing, damaged, or would build anything but tensors
   */
  public static WeightFiles read(ModelFiles files, String fileName, Arena arena) {
    return ZippedPickle.read(files, fileName, arena);
  }

  /**
   * Reads the shards that an index lists, as {@code pytorch_model.bin.index.json}.
   *
   * @throws BadInputException if index and shards contradict each other, or a shard is bad
   */
  public static WeightFiles readSharded(ModelFiles files, String indexFile, Arena arena) {
    return ShardIndex.read(files, indexFile).load(shard -> read(files, shard, arena));
  }
}
