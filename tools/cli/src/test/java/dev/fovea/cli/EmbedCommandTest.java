package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.Npy;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EmbedCommandTest {
  private static final String[] SMALL = {"--model", Data.model("clip-quickgelu")};

  @TempDir Path folder;

  @Test
  void printsPicturesThenTextsAsJsonLines() {
    Run run = embed("--text=a cat", Data.TENT, "--text=a dog");

    assertEquals(0, run.code(), run.err());
    assertEquals(Data.TENT, run.json().get(0).path("image").asString());
    assertEquals("a cat", run.json().get(1).path("text").asString());
    assertEquals("a dog", run.json().get(2).path("text").asString());
    for (JsonNode line : run.json()) {
      assertEquals(1, length(line), 1e-6);
    }
  }

  @Test
  void leavesTheLengthOfRawVectorsAlone() {
    JsonNode unit = embed(Data.TENT).json().getFirst();
    JsonNode raw = embed(Data.TENT, "--raw").json().getFirst();

    double length = length(raw);
    assertTrue(Math.abs(length - 1) > 0.01, "length " + length);
    for (int i = 0; i < raw.path("embedding").size(); i++) {
      assertEquals(
          unit.path("embedding").get(i).asDouble(),
          raw.path("embedding").get(i).asDouble() / length,
          1e-6);
    }
  }

  @Test
  void embedsTheLinesOfAFile() {
    Path texts = Data.write(folder.resolve("texts.txt"), "a cat\na dog\n");
    Run run = Run.fovea("embed", "--texts-file", texts.toString(), "-m", Data.model("clip-text"));

    assertEquals(
        List.of("a cat", "a dog"),
        run.json().stream().map(l -> l.path("text").asString()).toList());
  }

  @Test
  void writesTheSameVectorsInEveryFormat() throws IOException {
    String[] pictures = {Data.TENT, Data.SHIP};
    Path jsonl = folder.resolve("out.jsonl");
    Path npy = folder.resolve("out.npy");
    Path safetensors = folder.resolve("out.safetensors");
    List<JsonNode> printed = embed(pictures).json();
    for (Path file : List.of(jsonl, npy, safetensors)) {
      Run run = embed(pictures[0], pictures[1], "-o", file.toString());
      assertEquals(0, run.code(), run.err());
      assertEquals("", run.out());
    }

    assertEquals(
        printed.stream().map(JsonNode::toString).toList(), Data.text(jsonl).lines().toList());
    try (Arena arena = Arena.ofConfined()) {
      assertSame(printed, Npy.read(npy, arena));
      WeightFiles stored = SafeTensors.read(ModelFiles.directory(folder), "out.safetensors", arena);
      assertSame(printed, Objects.requireNonNull(stored.tensors().get("embeddings")));
      assertTrue(stored.metadata().getOrDefault("items", "").contains("01-tent.png"));
    }
    assertEquals(2, Files.readAllLines(folder.resolve("out.items.jsonl")).size());
    assertFalse(Files.exists(folder.resolve("out.npy.partial")));
  }

  @Test
  void leavesPicturesThatCannotBeReadOutOfAMatrix() throws IOException {
    Path broken = Data.write(folder.resolve("broken.png"), "no picture");
    Path npy = folder.resolve("out.npy");
    Run run = embed(Data.TENT, broken.toString(), Data.SHIP, "-o", npy.toString());

    assertEquals(2, run.code());
    assertTrue(run.err().contains("1 of 3 items could not be embedded"), run.err());
    try (Arena arena = Arena.ofConfined()) {
      assertEquals(2, Npy.read(npy, arena).shape().getFirst());
    }
    List<String> items = Files.readAllLines(folder.resolve("out.items.jsonl"));
    assertTrue(items.get(1).contains("05-ship.png"), items.toString());
  }

  @Test
  void goesOnWhereAnInterruptedRunStopped() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    Path out = folder.resolve("out.jsonl");
    Path partial = folder.resolve("out.jsonl.partial");
    embedExamples(new Run.Setup(), whole);
    interruptAfterFive(out, partial);

    Run resumed = embedExamples(new Run.Setup(), out);

    assertEquals(0, resumed.code(), resumed.err());
    assertEquals("fovea: going on with %s: 5 of 12 are done".formatted(out), resumed.err().strip());
    assertEquals(Data.text(whole), Data.text(out));
    assertFalse(Files.exists(partial));
  }

  @Test
  void computesARecordThatWasDamagedAgain() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    Path out = folder.resolve("out.jsonl");
    Path partial = folder.resolve("out.jsonl.partial");
    embedExamples(new Run.Setup(), whole);
    interruptAfterFive(out, partial);
    byte[] bytes = Files.readAllBytes(partial);
    bytes[bytes.length - 70] ^= 1;
    Files.write(partial, bytes);

    Run resumed = embedExamples(new Run.Setup(), out);

    assertTrue(resumed.err().contains("4 of 12 are done"), resumed.err());
    assertEquals(Data.text(whole), Data.text(out));
  }

  @Test
  void refusesToMixTwoRuns() throws IOException {
    Path out = folder.resolve("out.jsonl");
    Path partial = folder.resolve("out.jsonl.partial");
    interruptAfterFive(out, partial);

    Run other = embed(Data.SHIP, "-o", out.toString());

    assertEquals(2, other.code());
    assertTrue(other.err().contains("--restart"), other.err());
    assertFalse(Files.exists(out));
    assertEquals(0, embed(Data.SHIP, "-o", out.toString(), "--restart").code());
    assertEquals(1, Files.readAllLines(out).size());
  }

  @Test
  void overwritesNoStrangersFile() throws IOException {
    Path out = folder.resolve("out.jsonl");
    Path stranger = Data.write(folder.resolve("out.jsonl.partial"), "precious ".repeat(100));

    Run run = embed(Data.SHIP, "-o", out.toString());

    assertEquals(2, run.code());
    assertTrue(Data.text(stranger).startsWith("precious"));
  }

  @Test
  void saysWhenATextIsCut() {
    Run run = embed("--text=" + "word ".repeat(200));

    assertEquals(0, run.code());
    assertTrue(run.err().contains("longer than this model reads"), run.err());
  }

  /** Leaves the state of a run that was killed in the middle of the sixth record. */
  private static void interruptAfterFive(Path out, Path partial) throws IOException {
    Run run = embedExamples(new Run.Setup().interruptedAfter(1), out);
    assertEquals(130, run.code());
    assertEquals(
        "fovea: stopped after 5 of 12; run the same command again to go on", run.err().strip());
    assertFalse(Files.exists(out));
    Files.write(partial, new byte[50], StandardOpenOption.APPEND);
  }

  private static Run embedExamples(Run.Setup setup, Path out) {
    return setup.run(
        "embed",
        Data.EXAMPLES.toString(),
        "-o",
        out.toString(),
        "--batch-size=5",
        SMALL[0],
        SMALL[1]);
  }

  private static Run embed(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "embed";
    System.arraycopy(SMALL, 0, all, 1, 2);
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Run.fovea(all);
  }

  private static double length(JsonNode line) {
    double sum = 0;
    for (JsonNode value : line.path("embedding")) {
      sum += value.asDouble() * value.asDouble();
    }
    return Math.sqrt(sum);
  }

  private static void assertSame(List<JsonNode> lines, StoredTensor matrix) {
    assertEquals(DType.F32, matrix.dtype());
    float[] values = matrix.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    float[] printed = new float[values.length];
    int at = 0;
    for (JsonNode line : lines) {
      for (JsonNode value : line.path("embedding")) {
        printed[at++] = (float) value.asDouble();
      }
    }
    assertArrayEquals(printed, values);
  }
}
