package dev.fovea.core.hostile;

import dev.fovea.core.files.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file, or a few, that a reader must refuse.
 *
 * @param name a folder name, unique among all attacks
 * @param what what it attacks, in one line
 * @param files content by file name
 * @param opened the file that is opened
 * @param reader the reader under attack
 * @param message what the refusal must say beside the name of the opened file
 */
record Attack(
    String name,
    String what,
    Map<String, byte[]> files,
    String opened,
    Reader reader,
    List<String> message) {
  /** Opens a file as a user of the library would. */
  @FunctionalInterface
  interface Reader {
    void read(ModelFiles files, String name, Arena arena);
  }

  /** An attack with one file. */
  static Attack of(
      String name, String what, String file, byte[] content, Reader reader, String... message) {
    return new Attack(name, what, Map.of(file, content), file, reader, List.of(message));
  }

  /** The same attack with one more file. */
  Attack with(String file, byte[] content) {
    Map<String, byte[]> more = new LinkedHashMap<>(files);
    more.put(file, content);
    return new Attack(name, what, more, opened, reader, message);
  }

  /** Writes the files into a folder of their own below {@code parent}. */
  Path write(Path parent) {
    try {
      Path folder = Files.createDirectories(parent.resolve(name));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name + ": " + what;
  }
}
