package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: 8 bytes of header length, a JSON header, then the tensors without gaps.
 *
 * <p>Source: the format section of the safetensors README; limits and order of tensors are those of
 * its Rust library.
 */
public final class SafeTensors {
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final long MAX_HEADER = 100_000_000;

  private SafeTensors() {}

  /**
   * Reads one file.
   *
   * @throws BadInputException if it is missing or breaks a rule of the format
   */
  public static WeightFiles read(ModelFiles files, String fileName, Arena arena) {
    String file = files.describe(fileName);
    MemorySegment content = files.map(fileName, arena);
    long headerBytes = headerLength(content, file);
    byte[] json = content.asSlice(Long.BYTES, headerBytes).toArray(ValueLayout.JAVA_BYTE);
    SafeTensorsHeader header = SafeTensorsHeader.parse(json, file);
    MemorySegment data = content.asSlice(Long.BYTES + headerBytes);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (SafeTensorsHeader.Entry entry :
        SafeTensorsLayout.check(header.entries(), data.byteSize(), file)) {
      tensors.put(
          entry.name(),
          new StoredTensor(
              entry.name(),
              entry.dtype(),
              entry.shape(),
              data.asSlice(entry.begin(), entry.end() - entry.begin())));
    }
    return new LoadedWeights(tensors, header.metadata(), List.of(fileName));
  }

  /**
   * Reads the shards that an index lists, as {@code model.safetensors.index.json}.
   *
   * @throws BadInputException if index and shards contradict each other, or a file is missing or
   *     breaks a rule of its format
   */
  public static WeightFiles readSharded(ModelFiles files, String indexFile, Arena arena) {
    return ShardIndex.read(files, indexFile).load(shard -> read(files, shard, arena));
  }

  /**
   * Writes one file: under a temporary name, forced to disk, then moved into place, so that a
   * reader sees the old file or the new one. Tensors are ordered as the safetensors library orders
   * them: by type, the largest elements first, then by name.
   *
   * @throws BadInputException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if two tensors have one name, or one is called {@code
   *     __metadata__}
   */
  public static void write(
      Path file, Collection<StoredTensor> tensors, Map<String, String> metadata) {
    SafeTensorsWriter.write(file, tensors, metadata);
  }

  private static long headerLength(MemorySegment content, String file) {
    long size = content.byteSize();
    if (size < Long.BYTES) {
      throw new BadInputException(
          "%s: not a safetensors file: %d bytes, expected at least 8%s"
              .formatted(file, size, LooksLike.hint(content)));
    }
    long length = content.get(LENGTH, 0);
    if (length < 0 || length > MAX_HEADER) {
      throw new BadInputException(
          "%s: not a safetensors file: it claims a header of %s bytes, the format allows %d%s"
              .formatted(file, Long.toUnsignedString(length), MAX_HEADER, LooksLike.hint(content)));
    }
    if (length > size - Long.BYTES) {
      throw new BadInputException(
          "%s: the file is truncated: %d bytes missing in its header of %d bytes; download it again"
              .formatted(file, length - (size - Long.BYTES), length));
    }
    return length;
  }
}
