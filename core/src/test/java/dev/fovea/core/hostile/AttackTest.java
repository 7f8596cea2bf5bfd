package dev.fovea.core.hostile;

import static dev.fovea.core.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.weights.Npy;
import dev.fovea.core.weights.PickleFiles;
import dev.fovea.core.weights.RecordedFiles;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every attack is refused with one line that names the file and the fault, soon, and without taking
 * memory that only a header claims. The files lie in {@code target/attacks} afterwards, to be tried
 * on other programs.
 */
class AttackTest {
  private static final Path FOLDER =
      RecordedFiles.TESTDATA.resolveSibling("core").resolve("target/attacks");

  /** What a reader may allocate for a small file, and for each byte of a larger one. */
  private static final long ALLOWED = 4 << 20;

  private static final long ALLOWED_PER_BYTE = 100;

  static Stream<Attack> attacks() {
    return Stream.of(
            SafeTensorsAttacks.all(),
            IndexAttacks.all(),
            PickleAttacks.all(),
            LegacyAttacks.all(),
            ZipAttacks.all(),
            JsonAttacks.all(),
            NpyAttacks.all())
        .flatMap(List::stream);
  }

  /** The first use of a reader loads its classes, which takes memory too. */
  @BeforeAll
  static void loadClasses() {
    ModelFiles pickles = ModelFiles.directory(RecordedFiles.TESTDATA.resolve("pickles"));
    try (Arena arena = Arena.ofConfined()) {
      RecordedFiles.read(RecordedFiles.PARITY.resolve("models/siglip/model.safetensors"), arena);
      Npy.read(RecordedFiles.TESTDATA.resolve("npy/matrix_f4.npy"), arena);
      for (String name : List.of("views.bin", "legacy.bin", "scripted.pt")) {
        assertFalse(PickleFiles.read(pickles, name, arena).tensors().isEmpty());
      }
    }
    assertThrows(BadInputException.class, () -> Json.parse(Attack.utf8("{a}"), "x"));
    assertThrows(BadInputException.class, () -> Json.parse(Attack.utf8("{} {}"), "x"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isRefused(Attack attack) {
    ModelFiles files = ModelFiles.directory(attack.write(FOLDER));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long size = attack.files().values().stream().mapToLong(bytes -> bytes.length).sum();
    try (CountingArena arena = new CountingArena()) {
      long before = threads.getCurrentThreadAllocatedBytes();

      assertRefused(
          () -> attack.reader().read(files, attack.opened(), arena),
          Stream.concat(Stream.of(attack.opened() + ": "), attack.message().stream())
              .toArray(String[]::new));

      long taken = threads.getCurrentThreadAllocatedBytes() - before + arena.allocated();
      assertTrue(
          taken <= ALLOWED + ALLOWED_PER_BYTE * size,
          () -> "took %,d bytes for a file of %,d".formatted(taken, size));
    }
  }

  @Test
  void thereAreManyAndNoTwoHaveOneName() {
    List<String> names = attacks().map(Attack::name).toList();

    assertEquals(names.size(), names.stream().distinct().count());
    assertTrue(names.size() >= 60, () -> "only " + names.size());
  }
}
