package dev.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Objects;

/** The recorded files that the tests read. */
public final class RecordedFiles {
  public static final Path TESTDATA =
      Path.of(Objects.requireNonNull(System.getProperty("fovea.testdata"), "fovea.testdata"));
  public static final Path PARITY = TESTDATA.resolve("parity");

  private RecordedFiles() {}

  /** Reads one weight file by its path. */
  public static WeightFiles read(Path file, Arena arena) {
    Path folder = Objects.requireNonNull(file.getParent());
    return WeightFiles.open(
        ModelFiles.directory(folder), String.valueOf(file.getFileName()), arena);
  }

  /** Names, types, shapes and bytes are equal; the order may differ. */
  public static void assertSameTensors(WeightFiles expected, WeightFiles actual) {
    assertEquals(expected.tensors().keySet(), actual.tensors().keySet());
    for (StoredTensor tensor : expected.tensors().values()) {
      StoredTensor other = Objects.requireNonNull(actual.tensors().get(tensor.name()));
      assertEquals(tensor.dtype(), other.dtype(), tensor.name());
      assertEquals(tensor.shape(), other.shape(), tensor.name());
      assertEquals(-1, tensor.data().mismatch(other.data()), tensor.name());
    }
  }
}
