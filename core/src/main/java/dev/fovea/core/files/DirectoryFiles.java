package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of a directory on disk, mapped rather than copied. */
record DirectoryFiles(Path directory) implements ModelFiles {
  static final long MAX_READ = 512L << 20;

  DirectoryFiles {
    if (!Files.isDirectory(directory)) {
      throw new BadInputException(
          Files.exists(directory)
              ? "%s: not a directory; a model is a folder with config.json and weights"
                  .formatted(directory)
              : "%s: no such directory".formatted(directory));
    }
  }

  @Override
  public String describe(String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public boolean contains(String name) {
    return Files.isRegularFile(resolve(name));
  }

  @Override
  public byte[] read(String name) {
    Path file = resolve(name);
    try {
      long size = Files.size(file);
      if (size > MAX_READ) {
        throw new BadInputException(
            "%s: %,d bytes is more than such a file may have (%,d)"
                .formatted(file, size, MAX_READ));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public MemorySegment map(String name, Arena arena) {
    Path file = resolve(name);
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public List<String> list() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new BadInputException(
          "%s: cannot be listed (%s)".formatted(directory, e.getMessage()), e);
    }
  }

  private Path resolve(String name) {
    Path file;
    try {
      file = directory.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new BadInputException("%s: '%s' is not a file name".formatted(directory, name), e);
    }
    if (!file.startsWith(directory.normalize())) {
      throw new BadInputException(
          "%s: '%s' points outside the model's folder".formatted(directory, name));
    }
    return file;
  }

  private static BadInputException unreadable(Path file, IOException e) {
    return Files.exists(file)
        ? new BadInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e)
        : new BadInputException("%s: no such file".formatted(file), e);
  }
}
