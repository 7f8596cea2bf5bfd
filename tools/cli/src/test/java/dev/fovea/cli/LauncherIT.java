package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the project's root, as people start it. */
class LauncherIT {
  private static final Path LAUNCHER = Data.PROJECT.resolve("fovea");

  @TempDir Path folder;

  @Test
  void labelsAPicture() throws Exception {
    Run run = launch(LAUNCHER, List.of("classify", Data.TENT, "--labels=tent,ship"), Map.of());

    assertEquals(0, run.code(), run.err());
    assertTrue(run.lines().get(1).endsWith("tent"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void isFoundBehindALinkFromAnywhere() throws Exception {
    Path link = Files.createDirectory(folder.resolve("a b")).resolve("fovea link");
    Files.createSymbolicLink(link, LAUNCHER);

    assertTrue(launch(link, List.of("--version"), Map.of()).out().startsWith("fovea "));
  }

  @Test
  void passesOnWhatWentWrong() throws Exception {
    Run run =
        launch(LAUNCHER, List.of("classify", "nosuch.png", "--labels=ä"), Map.of("LC_ALL", "C"));

    assertEquals(2, run.code());
    assertEquals("fovea: nosuch.png: no such file", run.err().strip());
  }

  @Test
  void keepsUnicodeWhateverTheLocale() throws Exception {
    Path picture = Data.copy(Data.TENT, folder.resolve("Zelt-é-⛺.png"));
    Run run =
        launch(
            LAUNCHER,
            List.of("classify", picture.toString(), "--labels=Zelt ⛺"),
            Map.of("LC_ALL", "C"));

    assertEquals(0, run.code(), run.err());
    assertEquals(picture.toString(), run.lines().getFirst());
    assertTrue(run.lines().get(1).endsWith("Zelt ⛺"), run.out());
  }

  @Test
  void saysThatAJdkIsMissing() throws Exception {
    Run run = launch(LAUNCHER, List.of("--version"), Map.of("FOVEA_JAVA_HOME", folder.toString()));

    assertEquals(2, run.code());
    assertEquals("fovea: FOVEA_JAVA_HOME=%s is no JDK 25".formatted(folder), run.err().strip());
  }

  @Test
  void leavesTheJvmsOwnErrorsVisible() throws Exception {
    Run run = launch(LAUNCHER, List.of("--version"), Map.of("FOVEA_OPTS", "-XX:+NoSuchOption"));

    assertTrue(run.err().contains("NoSuchOption"), run.err());
  }

  @Test
  void keepsWhatIsDoneOnCtrlC() throws Exception {
    Path texts =
        Data.write(
            folder.resolve("texts.txt"),
            String.join("\n", IntStream.range(0, 20_000).mapToObj(i -> "text " + i).toList()));
    Path out = folder.resolve("out.npy");
    Path partial = folder.resolve("out.npy.partial");
    List<String> embed = List.of("embed", "--texts-file", texts.toString(), "-o", out.toString());
    Process process = start(LAUNCHER, embed, Map.of());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!(Files.exists(partial) && Files.size(partial) > 10_000)) {
      assertTrue(System.nanoTime() < deadline && process.isAlive(), "nothing was written");
      Thread.sleep(10);
    }
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(130, process.exitValue());
    String err = Data.text(folder.resolve("err"));
    assertTrue(err.contains("run the same command again to go on"), err);
    assertTrue(Files.exists(partial));
    assertFalse(Files.exists(out));
  }

  private Run launch(Path script, List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    Process process = start(script, arguments, environment);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Run(
        process.exitValue(), Data.text(folder.resolve("out")), Data.text(folder.resolve("err")));
  }

  private Process start(Path script, List<String> arguments, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(Files.createFile(folder.resolve("in")).toFile()))
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().remove("FOVEA_OPTS");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
