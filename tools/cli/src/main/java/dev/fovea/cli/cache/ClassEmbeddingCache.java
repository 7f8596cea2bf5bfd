package dev.fovea.cli.cache;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embeddings of label lists, one safetensors file for each key. A damaged file counts as
 * absent; the files that were used longest ago go when all together become too large. Failure to
 * write is no error: the cache only saves time.
 *
 * @param folder where the files lie; made when needed
 * @param maxBytes what all files may take together
 */
public record ClassEmbeddingCache(Path folder, long maxBytes) {
  private static final long DEFAULT_BYTES = 256L << 20;
  private static final String TENSOR = "class_embeddings";
  private static final String CHECKSUM = "crc32c";
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final Logger LOG = LoggerFactory.getLogger(ClassEmbeddingCache.class);

  /** The cache below a user's cache folder. */
  public static ClassEmbeddingCache below(Path cacheFolder) {
    return new ClassEmbeddingCache(cacheFolder.resolve("class-embeddings"), DEFAULT_BYTES);
  }

  /**
   * What was put under a key.
   *
   * @return [labels][dimension], or empty if there is nothing of that size, or it is damaged
   */
  public Optional<float[][]> get(String key, int labels, int dimension) {
    Path file = folder.resolve(fileName(key));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      WeightFiles stored = SafeTensors.read(ModelFiles.directory(folder), fileName(key), arena);
      StoredTensor tensor = stored.tensors().get(TENSOR);
      if (tensor == null
          || tensor.dtype() != DType.F32
          || !tensor.shape().equals(List.of((long) labels, (long) dimension))
          || !checksum(tensor.data()).equals(stored.metadata().get(CHECKSUM))) {
        LOG.debug("{}: damaged, made anew", file);
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Optional.of(rows(tensor.data(), labels, dimension));
    } catch (BadInputException | IOException e) {
      LOG.debug("{}: not usable, made anew", file, e);
      return Optional.empty();
    }
  }

  /** Keeps embeddings, and lets old ones go. */
  public void put(String key, float[][] embeddings, int dimension) {
    MemorySegment data = MemorySegment.ofArray(new byte[embeddings.length * dimension * 4]);
    for (int i = 0; i < embeddings.length; i++) {
      MemorySegment.copy(embeddings[i], 0, data, F32, 4L * i * dimension, dimension);
    }
    try {
      Files.createDirectories(folder);
      SafeTensors.write(
          folder.resolve(fileName(key)),
          List.of(
              new StoredTensor(
                  TENSOR, DType.F32, List.of((long) embeddings.length, (long) dimension), data)),
          Map.of(CHECKSUM, checksum(data)));
      shrink();
    } catch (BadInputException | IOException e) {
      LOG.debug("{}: cannot keep class embeddings", folder, e);
    }
  }

  private void shrink() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> list = Files.list(folder)) {
      list.filter(f -> f.toString().endsWith(".safetensors")).forEach(files::add);
    }
    Map<Path, FileTime> used = new java.util.HashMap<>();
    long total = 0;
    for (Path file : files) {
      used.put(file, Files.getLastModifiedTime(file));
      total += Files.size(file);
    }
    files.sort(Comparator.comparing(used::get));
    for (Path file : files) {
      if (total <= maxBytes) {
        return;
      }
      total -= Files.size(file);
      Files.deleteIfExists(file);
    }
  }

  private static float[][] rows(MemorySegment data, int labels, int dimension) {
    float[][] rows = new float[labels][dimension];
    for (int i = 0; i < labels; i++) {
      MemorySegment.copy(data, F32, 4L * i * dimension, rows[i], 0, dimension);
    }
    return rows;
  }

  private static String checksum(MemorySegment data) {
    CRC32C crc = new CRC32C();
    crc.update(data.asByteBuffer());
    return Long.toHexString(crc.getValue());
  }

  private static String fileName(String key) {
    return key + ".safetensors";
  }
}
