package dev.fovea.core.weights;

import static dev.fovea.core.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.fovea.core.tensor.DType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The .npy files of {@code testdata/npy} were written by NumPy. */
class NpyTest {
  private static final Path FOLDER = RecordedFiles.TESTDATA.resolve("npy");

  @TempDir Path folder;

  @Test
  void readsTypeShapeAndElements() {
    try (Arena arena = Arena.ofConfined()) {
      StoredTensor matrix = Npy.read(FOLDER.resolve("matrix_f4.npy"), arena);

      assertEquals(DType.F32, matrix.dtype());
      assertEquals(List.of(3L, 4L), matrix.shape());
      assertEquals(11 / 8f, matrix.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 11 * 4));
    }
  }

  @ParameterizedTest
  @CsvSource({"scalar_f8, F64, []", "empty_i8, I64, '[0, 5]'", "cube_u1, U8, '[2, 3, 4]'"})
  void readsEveryRank(String name, DType dtype, String shape) {
    try (Arena arena = Arena.ofConfined()) {
      StoredTensor tensor = Npy.read(FOLDER.resolve(name + ".npy"), arena);

      assertEquals(dtype, tensor.dtype());
      assertEquals(shape, tensor.describeShape());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"matrix_f4", "vector_f2", "scalar_f8", "empty_i8", "cube_u1"})
  void writesWhatNumPyWrites(String name) throws IOException {
    Path original = FOLDER.resolve(name + ".npy");
    Path copy = folder.resolve(name + ".npy");
    try (Arena arena = Arena.ofConfined()) {
      Npy.write(copy, Npy.read(original, arena));
    }
    assertArrayEquals(Files.readAllBytes(original), Files.readAllBytes(copy));
  }

  @ParameterizedTest
  @CsvSource({
    "columns_first, numpy.ascontiguousarray",
    "big_endian, elements of type '>f4'",
    "objects, elements of type '|O'",
    "structured, no string",
  })
  void refusesWhatIsNotATensorOfRows(String name, String reason) {
    try (Arena arena = Arena.ofConfined()) {
      assertRefused(() -> Npy.read(FOLDER.resolve(name + ".npy"), arena), name + ".npy: ", reason);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"F32", "F16"})
  void rowsWrittenOneByOneMakeTheSameFile(DType dtype) throws IOException {
    Path whole = folder.resolve("whole.npy");
    Path rows = folder.resolve("rows.npy");
    try (Arena arena = Arena.ofConfined();
        NpyRows writer = NpyRows.open(rows, dtype, 4)) {
      StoredTensor matrix = Npy.read(FOLDER.resolve("matrix_f4.npy"), arena);
      for (int i = 0; i < 3; i++) {
        writer.append(row(i));
      }
      writer.finish();
      Npy.write(whole, dtype == DType.F32 ? matrix : half(matrix, arena));
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(rows));
    assertFalse(Files.exists(NpyRows.partial(rows)));
  }

  @Test
  void anInterruptedFileGoesOnWhereItsLastCheckpointWas() throws IOException {
    Path file = folder.resolve("rows.npy");
    try (NpyRows writer = NpyRows.open(file, DType.F32, 4)) {
      writer.append(row(0));
      writer.append(row(1));
    }
    assertFalse(Files.exists(file));
    // What a run wrote after its last checkpoint may be incomplete.
    Files.write(NpyRows.partial(file), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

    try (NpyRows writer = NpyRows.open(file, DType.F32, 4)) {
      assertEquals(2, writer.rows());
      writer.append(row(2));
      writer.finish();
    }

    assertArrayEquals(
        Files.readAllBytes(FOLDER.resolve("matrix_f4.npy")), Files.readAllBytes(file));
  }

  @Test
  void rowsOfAnotherWidthAreNotContinued() {
    Path file = folder.resolve("rows.npy");
    NpyRows.open(file, DType.F32, 4).close();

    assertRefused(
        () -> NpyRows.open(file, DType.F32, 5), "rows.npy.partial", "delete it to start over");
  }

  @Test
  void anotherFileIsNotContinued() throws IOException {
    Path file = folder.resolve("rows.npy");
    Files.writeString(NpyRows.partial(file), "notes of mine ".repeat(20));

    assertRefused(() -> NpyRows.open(file, DType.F32, 4), "not a .npy file");
  }

  @Test
  void aFolderThatDoesNotExistIsNamed() {
    assertRefused(
        () -> NpyRows.open(folder.resolve("none/rows.npy"), DType.F32, 4), "none/rows.npy.partial");
  }

  private static float[] row(int index) {
    return new float[] {
      4 * index / 8f, (4 * index + 1) / 8f, (4 * index + 2) / 8f, (4 * index + 3) / 8f
    };
  }

  private static StoredTensor half(StoredTensor tensor, Arena arena) {
    var data = arena.allocate(tensor.elementCount() * 2, 8);
    for (int i = 0; i < tensor.elementCount(); i++) {
      float value = tensor.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, i * 4L);
      data.set(ValueLayout.JAVA_SHORT, i * 2L, Float.floatToFloat16(value));
    }
    return new StoredTensor(tensor.name(), DType.F16, tensor.shape(), data);
  }
}
