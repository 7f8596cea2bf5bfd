package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds a model by what a person types: a folder, a weight file in its folder, or {@code ORG/NAME}
 * in the local Hugging Face cache. Nothing is downloaded and nothing is written.
 */
public final class ModelLocator {
  private static final List<String> WEIGHT_FILES =
      List.of(".safetensors", ".bin", ".pt", ".pth", ".safetensors.index.json", ".bin.index.json");

  private final HuggingFaceCache cache;

  /**
   * A locator.
   *
   * @param environment the variables that say where the Hugging Face cache lies, as {@link
   *     System#getenv()}
   * @param home the user's home folder
   */
  public ModelLocator(Map<String, String> environment, Path home) {
    this.cache = HuggingFaceCache.of(environment, home);
  }

  /** The locator of the running process. */
  public static ModelLocator ofProcess() {
    return new ModelLocator(System.getenv(), Path.of(System.getProperty("user.home", "")));
  }

  /** Where the Hugging Face cache lies, or would lie. */
  public Path cacheFolder() {
    return cache.folder();
  }

  /**
   * Finds a model.
   *
   * @param model a folder; a weight file, whose folder holds the configuration; or {@code ORG/NAME}
   *     or {@code ORG/NAME@REVISION} in the local Hugging Face cache. A folder or file of that name
   *     comes first.
   * @throws BadInputException if there is none; the message says where it was looked for
   */
  public ModelFiles locate(String model) {
    Optional<Path> path = existing(model);
    if (path.isPresent()) {
      return onDisk(path.get());
    }
    int at = model.indexOf('@');
    String name = at < 0 ? model : model.substring(0, at);
    if (!HuggingFaceCache.isModelName(name)) {
      throw new BadInputException(
          "%s: no such folder or file; a model is a folder with config.json and weights, a weight file in such a folder, or ORG/NAME in the Hugging Face cache"
              .formatted(Quoted.of(model)));
    }
    Path folder = cache.modelFolder(name);
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "%s: no such folder, and no such model in the Hugging Face cache (looked for %s); put it there with 'hf download %s', or name a folder with its config.json and weights"
              .formatted(model, folder, name));
    }
    String revision = at < 0 ? "main" : model.substring(at + 1);
    return ModelFiles.directory(HuggingFaceCache.snapshot(folder, revision));
  }

  private static Optional<Path> existing(String model) {
    try {
      return model.isEmpty() ? Optional.empty() : Optional.of(Path.of(model)).filter(Files::exists);
    } catch (InvalidPathException e) {
      throw new BadInputException(Quoted.of(model) + " is not the name of a model", e);
    }
  }

  private static ModelFiles onDisk(Path path) {
    if (!Files.isDirectory(path)) {
      return weightFile(path);
    }
    boolean cached =
        Files.isDirectory(path.resolve("snapshots")) && Files.isDirectory(path.resolve("refs"));
    return ModelFiles.directory(cached ? HuggingFaceCache.snapshot(path, "main") : path);
  }

  private static ModelFiles weightFile(Path path) {
    String name = String.valueOf(path.getFileName());
    if (WEIGHT_FILES.stream().noneMatch(name::endsWith)) {
      throw new BadInputException(
          "%s: not a model; name its folder, or a weight file (%s)"
              .formatted(path, String.join(", ", WEIGHT_FILES)));
    }
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
    return ModelFiles.weightFile(folder, name);
  }
}
