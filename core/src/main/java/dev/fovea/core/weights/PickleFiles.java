package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Pickles as {@code torch.save} and TorchScript write them. A pickle is a program; the one machine
 * here that runs it can build tensors and plain containers and nothing else.
 */
public final class PickleFiles {
  private static final int ZIP = 0x04034b50;

  /** What transformers asks of a safetensors file that is made from these tensors. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private PickleFiles() {}

  /**
   * Reads one file: a zip archive of {@code torch.save} or TorchScript, or the older format. The
   * names are those of the state_dict, without the wrappers that training programs add; for
   * TorchScript they are the paths of the module tree.
   *
   * @throws BadInputException if it is missing, damaged, or would build anything but tensors
   */
  public static WeightFiles read(ModelFiles files, String fileName, Arena arena) {
    String file = files.describe(fileName);
    MemorySegment content = files.map(fileName, arena);
    Map<String, StoredTensor> tensors;
    if (isZip(content)) {
      tensors = ZippedPickle.read(content, file, arena);
    } else if (LegacyPickle.accepts(content)) {
      tensors = LegacyPickle.read(content, file, arena);
    } else {
      throw new BadInputException(
          "%s: not a file of torch.save%s".formatted(file, LooksLike.hint(content)));
    }
    return new LoadedWeights(tensors, METADATA, List.of(fileName));
  }

  /**
   * Reads the shards that an index lists, as {@code pytorch_model.bin.index.json}.
   *
   * @throws BadInputException if index and shards contradict each other, or a shard is bad
   */
  public static WeightFiles readSharded(ModelFiles files, String indexFile, Arena arena) {
    return ShardIndex.read(files, indexFile).load(shard -> read(files, shard, arena));
  }

  private static boolean isZip(MemorySegment content) {
    return content.byteSize() >= Integer.BYTES
        && content.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0) == ZIP;
  }
}
