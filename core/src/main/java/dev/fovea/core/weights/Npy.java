package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.AtomicFile;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** NumPy's .npy files: one tensor, little-endian, rows first. */
public final class Npy {
  private Npy() {}

  /**
   * Maps a file. The tensor is named after it.
   *
   * @throws BadInputException if it is missing, damaged, not little-endian, columns first, or of a
   *     type that is not a number
   */
  public static StoredTensor read(Path file, Arena arena) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder == null) {
      throw new BadInputException(file + ": not a file");
    }
    return read(ModelFiles.directory(folder), String.valueOf(absolute.getFileName()), arena);
  }

  /** Maps a file as {@link #read(Path, Arena)} does. */
  public static StoredTensor read(ModelFiles files, String name, Arena arena) {
    String file = files.describe(name);
    MemorySegment content = files.map(name, arena);
    NpyHeader header = NpyHeader.parse(content, file);
    MemorySegment data = content.asSlice(header.length());
    long bytes = header.dtype().byteSize();
    try {
      for (long size : header.shape()) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw new BadInputException(
          "%s: %s of shape %s overflows 64 bits; the file is damaged or hostile"
              .formatted(file, header.dtype(), header.shape()),
          e);
    }
    if (bytes != data.byteSize()) {
      throw new BadInputException(
          "%s: %s of shape %s takes %d bytes, the file has %d after its header"
              .formatted(file, header.dtype(), header.shape(), bytes, data.byteSize()));
    }
    return new StoredTensor(name, header.dtype(), header.shape(), data);
  }

  /**
   * Writes a file, there as a whole or not at all.
   *
   * @throws BadInputException if it cannot be written
   * @throws IllegalArgumentException if the format has no such element type, as for BF16
   */
  public static void write(Path file, StoredTensor tensor) {
    byte[] header = NpyHeader.encode(tensor.dtype(), tensor.shape());
    AtomicFile.write(
        file,
        channel -> {
          Bytes.write(channel, header);
          Bytes.write(channel, tensor.data());
        });
  }
}
