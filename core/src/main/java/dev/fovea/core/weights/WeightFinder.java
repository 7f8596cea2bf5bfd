package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Predicate;

/** Decides which files of a model hold its weights, and in what format. */
final class WeightFinder {
  private static final List<String> USUAL_NAMES =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "open_clip_model.safetensors",
          "pytorch_model.bin",
          "pytorch_model.bin.index.json",
          "open_clip_pytorch_model.bin");

  private WeightFinder() {}

  /** The name of the file that holds the weights, or the index of those that do. */
  static String find(ModelFiles files) {
    if (files.weightFile().isPresent()) {
      return files.weightFile().get();
    }
    for (String name : USUAL_NAMES) {
      if (files.contains(name)) {
        return name;
      }
    }
    List<String> names = files.list();
    List<String> pickles = only(names, n -> n.endsWith(".pt") || n.endsWith(".pth"));
    List<String> found = pickles.isEmpty() ? only(names, n -> n.endsWith(".safetensors")) : pickles;
    if (found.isEmpty()) {
      throw new BadInputException(
          "%s: no weights; looked for %s, *.pt, *.pth, *.safetensors"
              .formatted(files.describe(""), String.join(", ", USUAL_NAMES)));
    }
    if (found.size() > 1) {
      throw new BadInputException(
          "%s: several files could be the weights, name the one to use: %s"
              .formatted(files.describe(""), String.join(", ", found)));
    }
    return found.getFirst();
  }

  static WeightFiles open(ModelFiles files, String name, Arena arena) {
    if (name.endsWith(".safetensors.index.json")) {
      return SafeTensors.readSharded(files, name, arena);
    }
    if (name.endsWith(".bin.index.json")) {
      return PickleFiles.readSharded(files, name, arena);
    }
    if (name.endsWith(".safetensors")) {
      return SafeTensors.read(files, name, arena);
    }
    if (name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth")) {
      return PickleFiles.read(files, name, arena);
    }
    throw new BadInputException(
        "%s: not a weight file by its name, expected .safetensors, .bin, .pt, .pth or an"
                .formatted(files.describe(name))
            + " .index.json of them");
  }

  private static List<String> only(List<String> names, Predicate<String> wanted) {
    return names.stream().filter(wanted).sorted().toList();
  }
}
