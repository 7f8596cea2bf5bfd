package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import dev.fovea.core.json.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The files of one model. Names are relative and use '/', as in {@code 1_Pooling/config.json}; a
 * name that leaves the model's folder is refused, because names also come from downloaded indexes.
 */
public interface ModelFiles {
  /** What to call file {@code name} in an error message. */
  String describe(String name);

  /** Whether there is a regular file of that name. */
  boolean contains(String name);

  /**
   * The whole content of a small file.
   *
   * @throws BadInputException if it is missing, unreadable or larger than 512 MiB
   */
  byte[] read(String name);

  /**
   * The content as read-only memory that lives as long as the arena.
   *
   * @throws BadInputException if it is missing or unreadable
   */
  MemorySegment map(String name, Arena arena);

  /**
   * The names of the files directly in the model's folder, sorted; empty where they cannot be
   * listed, as for resources.
   */
  List<String> list();

  /** The file that holds the weights, where the user named one; else it is found by its name. */
  default Optional<String> weightFile() {
    return Optional.empty();
  }

  /** The content of a UTF-8 text file. */
  default String text(String name) {
    return new String(read(name), StandardCharsets.UTF_8);
  }

  /** The content of a JSON file. */
  default JsonNode json(String name) {
    return Json.parse(read(name), describe(name));
  }

  /** The content of a JSON file, or empty if there is no such file. */
  default Optional<JsonNode> jsonIfPresent(String name) {
    return contains(name) ? Optional.of(json(name)) : Optional.empty();
  }

  /** These files with other content for one, which may be new. */
  default ModelFiles replacing(String name, byte[] content) {
    return new ReplacedFile(this, name, content.clone());
  }

  /**
   * The files of a directory.
   *
   * @throws BadInputException if it is not a directory
   */
  static ModelFiles directory(Path directory) {
    return new DirectoryFiles(directory, Optional.empty());
  }

  /**
   * The files of a directory, with the weights in this one of them.
   *
   * @throws BadInputException if it is not a directory, or there is no such file
   */
  static ModelFiles weightFile(Path directory, String name) {
    ModelFiles files = new DirectoryFiles(directory, Optional.of(name));
    if (!files.contains(name)) {
      throw new BadInputException(files.describe(name) + ": no such file");
    }
    return files;
  }

  /**
   * Files that travel as class path resources, beside a class.
   *
   * @param anchor a class of the artifact that holds the resources
   * @param prefix their absolute folder without leading slash, as in {@code
   *     META-INF/fovea/emoji-clip}
   */
  static ModelFiles resources(Class<?> anchor, String prefix) {
    return new ResourceFiles(anchor, prefix);
  }
}
