package dev.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loading a recorded file and saving it again loses nothing. */
class SafeTensorsRoundTripTest {
  @TempDir Path folder;

  static Stream<Path> recordedFiles() throws IOException {
    try (Stream<Path> files = Files.walk(RecordedFiles.PARITY)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
      return found.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("recordedFiles")
  void savedTensorsEqualLoadedOnes(Path file) {
    Path copy = folder.resolve("copy.safetensors");
    try (Arena arena = Arena.ofConfined()) {
      WeightFiles loaded = RecordedFiles.read(file, arena);
      SafeTensors.write(copy, loaded.tensors().values(), loaded.metadata());
      WeightFiles again = RecordedFiles.read(copy, arena);

      assertEquals(loaded.metadata(), again.metadata());
      RecordedFiles.assertSameTensors(loaded, again);
    }
  }

  @ParameterizedTest
  @MethodSource("recordedFiles")
  void aSavedFileEqualsTheLibrarysByteForByte(Path file) throws IOException {
    Path copy = folder.resolve("copy.safetensors");
    try (Arena arena = Arena.ofConfined()) {
      WeightFiles loaded = RecordedFiles.read(file, arena);
      SafeTensors.write(copy, loaded.tensors().values(), loaded.metadata());
    }
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(copy));
  }
}
