package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The cache that Hugging Face's tools keep, read only: {@code models--ORG--NAME/refs/REVISION}
 * names a commit, {@code snapshots/COMMIT} holds its files as links into {@code blobs}.
 *
 * <p>Source: the cache guide of huggingface_hub.
 */
final class HuggingFaceCache {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,95}");
  private static final Pattern COMMIT = Pattern.compile("[0-9A-Za-z]{1,64}");
  private static final long LONGEST_REF = 1000;

  private final Path folder;

  HuggingFaceCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Where the cache lies by the variables that Hugging Face's tools know: {@code HF_HUB_CACHE}, its
   * old name {@code HUGGINGFACE_HUB_CACHE}, {@code HF_HOME}, {@code XDG_CACHE_HOME}, or else {@code
   * ~/.cache}.
   */
  static HuggingFaceCache of(Map<String, String> environment, Path home) {
    for (String name : List.of("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE")) {
      Optional<Path> cache = variable(environment, name, home);
      if (cache.isPresent()) {
        return new HuggingFaceCache(cache.get());
      }
    }
    Path huggingFace =
        variable(environment, "HF_HOME", home)
            .orElseGet(
                () ->
                    variable(environment, "XDG_CACHE_HOME", home)
                        .orElse(home.resolve(".cache"))
                        .resolve("huggingface"));
    return new HuggingFaceCache(huggingFace.resolve("hub"));
  }

  private static Optional<Path> variable(Map<String, String> environment, String name, Path home) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(
            value ->
                value.equals("~") || value.startsWith("~/")
                    ? home.resolve(value.substring(Math.min(2, value.length())))
                    : Path.of(value));
  }

  Path folder() {
    return folder;
  }

  /** Whether a name can be that of a model on the hub: {@code ORG/NAME}, for a few {@code NAME}. */
  static boolean isModelName(String name) {
    String[] parts = name.split("/", -1);
    boolean valid = parts.length <= 2;
    for (String part : parts) {
      valid &= PART.matcher(part).matches() && !part.contains("--") && !part.contains("..");
    }
    return valid;
  }

  /** The folder of a model, whether it exists or not. */
  Path modelFolder(String name) {
    return folder.resolve("models--" + name.replace("/", "--"));
  }

  /**
   * The folder with a model's files of one revision.
   *
   * @param modelFolder a folder as {@link #modelFolder} gives
   * @param revision a branch, a tag or a commit
   * @throws BadInputException if that revision is not there
   */
  static Path snapshot(Path modelFolder, String revision) {
    Path snapshots = modelFolder.resolve("snapshots");
    for (String part : revision.split("/", -1)) {
      if (!PART.matcher(part).matches()) {
        throw new BadInputException(
            "%s: %s is not a revision; expected a branch, a tag or a commit"
                .formatted(modelFolder, Quoted.of(revision)));
      }
    }
    Path ref = modelFolder.resolve("refs").resolve(revision);
    Path snapshot =
        Files.isRegularFile(ref) ? snapshots.resolve(commit(ref)) : snapshots.resolve(revision);
    if (!Files.isDirectory(snapshot)) {
      throw new BadInputException(
          "%s: revision '%s' is not here; the cache has %s"
              .formatted(modelFolder, revision, present(modelFolder)));
    }
    return snapshot;
  }

  private static String commit(Path ref) {
    try {
      String text =
          Files.size(ref) > LONGEST_REF
              ? ""
              : Files.readString(ref, StandardCharsets.UTF_8).strip();
      if (!COMMIT.matcher(text).matches()) {
        throw new BadInputException(ref + ": does not hold a commit; download the model again");
      }
      return text;
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(ref, Reason.of(e)), e);
    }
  }

  private static String present(Path modelFolder) {
    String found = String.join(", ", names(modelFolder.resolve("refs")));
    String commits = String.join(", ", names(modelFolder.resolve("snapshots")));
    return "revisions [%s] and commits [%s]".formatted(found, commits);
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().limit(10).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
