package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;

/**
 * All tensors of a checkpoint. Their data is mapped, not copied, and lives as long as the arena
 * given at opening.
 */
public interface WeightFiles {
  /** The tensors by name, in file order. Unmodifiable. */
  Map<String, StoredTensor> tensors();

  /** What the writer noted beside the tensors, as in {@code format=pt}; may be empty. */
  Map<String, String> metadata();

  /** The files that the tensors come from, in the order of reading. */
  List<String> fileNames();

  /**
   * Finds and reads the weights of a model.
   *
   * <p>Looked for in this order: the file that the user named, {@code model.safetensors}, {@code
   * model.safetensors.index.json}, {@code open_clip_model.safetensors}, {@code pytorch_model.bin},
   * {@code pytorch_model.bin.index.json}, {@code open_clip_pytorch_model.bin}, a single {@code
   * *.pt} or {@code *.pth}, a single {@code *.safetensors}.
   *
   * @throws BadInputException if there are none, if the choice is not clear, or if the files break
   *     a rule of their format
   */
  static WeightFiles open(ModelFiles files, Arena arena) {
    return WeightFinder.open(files, WeightFinder.find(files), arena);
  }

  /**
   * The name of the file that {@link #open(ModelFiles, Arena)} would read: weights, or the index of
   * their shards.
   *
   * @throws BadInputException if there are none, or if the choice is not clear
   */
  static String find(ModelFiles files) {
    return WeightFinder.find(files);
  }

  /**
   * Reads one named file, or the shards that a named index lists. The ending decides the format:
   * {@code .safetensors}, {@code .safetensors.index.json}, {@code .bin}, {@code .pt}, {@code .pth},
   * {@code .bin.index.json}.
   *
   * @throws BadInputException if the ending is another, or the files break a rule of their format
   */
  static WeightFiles open(ModelFiles files, String fileName, Arena arena) {
    return WeightFinder.open(files, fileName, arena);
  }
}
