package dev.fovea.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The recorded files that tests use. */
public final class TestData {
  private static final Path ROOT = Path.of(System.getProperty("fovea.testdata", "testdata"));

  private TestData() {}

  /** The folder that holds {@code testdata}. */
  public static Path project() {
    return Objects.requireNonNull(ROOT.toAbsolutePath().getParent());
  }

  public static Path at(String path) {
    return ROOT.resolve(path);
  }

  /** The folder of a recorded model case. */
  public static Path model(String name) {
    return at("parity/models").resolve(name);
  }

  /** The names of all recorded model cases. */
  public static List<String> models() {
    try (Stream<Path> folders = Files.list(at("parity/models"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a recorded model case, to change something in it; the pictures are found there too. */
  public static Path copyOfModel(String name, Path to) {
    try {
      Path copy = Files.createDirectories(to.resolve("models").resolve(name));
      try (Stream<Path> files = Files.list(model(name))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      Files.createSymbolicLink(to.resolve("images"), at("parity/images").toAbsolutePath());
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a text file. */
  public static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a text file. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text in a file; it must occur. */
  public static void replace(Path file, String old, String replacement) {
    String content = read(file);
    if (!content.contains(old)) {
      throw new IllegalArgumentException("%s does not contain %s".formatted(file, old));
    }
    write(file, content.replace(old, replacement));
  }
}
