package dev.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The real files that tests use. */
final class Data {
  private static final Path TESTDATA = Path.of(System.getProperty("fovea.testdata", "testdata"));

  /** The project's folder. */
  static final Path PROJECT = Objects.requireNonNull(TESTDATA.toAbsolutePath().getParent());

  static final Path EXAMPLES = PROJECT.resolve("examples");
  static final String TENT = EXAMPLES.resolve("01-tent.png").toString();
  static final String SHIP = EXAMPLES.resolve("05-ship.png").toString();

  private Data() {}

  static Path at(String path) {
    return TESTDATA.resolve(path);
  }

  static String picture(String name) {
    return at("parity/images").resolve(name).toString();
  }

  static String model(String name) {
    return at("parity/models").resolve(name).toString();
  }

  static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path copy(String from, Path to) {
    try {
      return Files.copy(Path.of(from), to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies the files of a folder into a new one. */
  static Path copyFolder(String from, Path to) {
    try (Stream<Path> files = Files.list(Path.of(from))) {
      Files.createDirectories(to);
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
