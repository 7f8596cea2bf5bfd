package dev.fovea.kernels.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.tensor.DType;
import dev.fovea.kernels.cpu.launched.ListCandidates;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorProviderTest {
  private static final String FLAG = "--add-modules=jdk.incubator.vector";

  @Test
  void isTheFirstChoice() {
    try (Backend backend = Backends.open(Backends.AUTO, BackendOptions.defaults())) {
      assertEquals("vector", backend.name());
      assertTrue(backend.describe().matches("vector: Vector API, \\d+ bits, \\d+ threads?"));
    }
  }

  @Test
  void refusesDoublePrecision() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> Backends.open("vector", new BackendOptions(1, DType.F64)));
    assertEquals("backend 'vector' computes in F32, not F64", e.getMessage());
  }

  @Test
  void namesTheMissingFlagOnTheClassPath() throws Exception {
    List<String> found = candidates("-cp", System.getProperty("java.class.path"));
    assertEquals(
        List.of("vector: start Java with --add-modules=jdk.incubator.vector", "reference: usable"),
        found.subList(0, 2));
    assertTrue(found.get(2).startsWith("reference: "), found::toString);
  }

  @Test
  void runsOnTheClassPathWithTheFlag() throws Exception {
    List<String> found = candidates(FLAG, "-cp", System.getProperty("java.class.path"));
    assertEquals(List.of("vector: usable", "reference: usable"), found.subList(0, 2));
    assertTrue(found.get(2).matches("vector: Vector API, \\d+ bits, .*"), found::toString);
  }

  @Test
  void runsOnTheModulePathWithoutAFlag() throws Exception {
    String tests = home(ListCandidates.class);
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String modules =
        Stream.of(all.split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).equals(Path.of(tests)))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> found =
        candidates("--module-path", modules, "--add-modules=dev.fovea.kernels.cpu", "-cp", tests);
    assertEquals(List.of("vector: usable", "reference: usable"), found.subList(0, 2));
    assertTrue(found.get(2).matches("vector: Vector API, \\d+ bits, .*"), found::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void runsScalarCodeWhereNothingCompilesVectors(String flag) throws Exception {
    List<String> found = candidates(FLAG, flag, "-cp", System.getProperty("java.class.path"));
    assertEquals("vector: usable", found.getFirst());
    assertTrue(found.get(2).startsWith("vector: scalar code, as this JVM "), found::toString);
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static List<String> candidates(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.add(ListCandidates.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return output.lines().toList();
  }
}
