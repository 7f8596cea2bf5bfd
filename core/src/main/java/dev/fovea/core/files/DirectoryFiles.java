package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.Reason;
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
import java.util.Optional;
import java.util.stream.Stream;

/** Files of a directory on disk, mapped rather than copied. */
record DirectoryFiles(Path directory, Optional<String> weightFile) implements ModelFiles {
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
    try {
      return directory.resolve(name).toString();
    } catch (InvalidPathException e) {
      return "%s: %s".formatted(directory, Quoted.of(name));
    }
  }

  @Override
  public boolean contains(String name) {
    return Files.isRegularFile(resolve(name));
  }

  @Override
  public byte[] read(String name) {
    Path file = regular(name);
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
    Path file = regular(name);
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
          "%s: cannot be listed (%s)".formatted(directory, Reason.of(e)), e);
    }
  }

  private Path resolve(String name) {
    Path file;
    try {
      file = directory.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new BadInputException(
          "%s: %s is not a file name".formatted(directory, Quoted.of(name)), e);
    }
    if (!file.startsWith(directory.normalize())) {
      throw new BadInputException(
          "%s: %s points outside the model's folder".formatted(directory, Quoted.of(name)));
    }
    return file;
  }

  /** Pipes and devices are refused: opening one can wait for ever. */
  private Path regular(String name) {
    Path file = resolve(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    String problem =
        Files.isSymbolicLink(file) && !Files.exists(file)
            ? "a link to a file that is not there; download it again"
            : Files.exists(file) ? "not a file" : "no such file";
    throw new BadInputException("%s: %s".formatted(file, problem));
  }

  private static BadInputException unreadable(Path file, IOException e) {
    return new BadInputException("%s: cannot be read (%s)".formatted(file, Reason.of(e)), e);
  }
}
