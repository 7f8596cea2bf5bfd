package dev.fovea.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ClassifyCommandTest {
  @TempDir Path folder;

  @Test
  void printsTheRecordedProbabilitiesOfTheShippedExamples() {
    JsonNode recorded = Json.read(Data.at("emoji-clip/expected.json"));
    Path texts = folder.resolve("texts.txt");
    List<String> lines = new ArrayList<>();
    recorded.path("texts").forEach(text -> lines.add(text.asString()));
    Data.write(texts, String.join("\n", lines));

    Run run =
        Run.fovea(
            "classify",
            Data.EXAMPLES.toString(),
            "--labels-file",
            texts.toString(),
            "--top-k=3",
            "--json");

    assertEquals(0, run.code(), run.err());
    assertEquals(12, run.json().size());
    for (int i = 0; i < 12; i++) {
      JsonNode picture = recorded.path("pictures").get(i);
      JsonNode line = run.json().get(i);
      assertTrue(line.path("image").asString().endsWith(picture.path("file").asString()));
      assertEquals(3, line.path("labels").size());
      for (int k = 0; k < 3; k++) {
        JsonNode expected = picture.path("top3").get(k);
        JsonNode label = line.path("labels").get(k);
        int index = indexOf(recorded.path("labels"), expected.path("label").asString());
        assertEquals(lines.get(index), label.path("label").asString());
        assertEquals(
            expected.path("probability").asDouble(), label.path("probability").asDouble(), 2e-5);
      }
    }
  }

  @Test
  void printsLabelsForPeopleBestFirst() {
    Run run = Run.fovea("classify", Data.TENT, "--labels", "ship,tent");

    assertEquals(0, run.code(), run.err());
    assertEquals(Data.TENT, run.lines().get(0));
    assertTrue(run.lines().get(1).matches(" +\\d+\\.\\d\\d %  tent"), run.out());
    assertTrue(run.lines().get(2).endsWith("%  ship"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void asksForEachLabelInATemplate(@TempDir Path other) {
    Path template = Data.write(other.resolve("t.txt"), "a drawing of a {}\n");
    Run templated =
        Run.fovea("classify", Data.TENT, "--labels=tent,ship", "--json", "--templates=" + template);
    Run written =
        Run.fovea(
            "classify", Data.TENT, "--labels=a drawing of a tent,a drawing of a ship", "--json");

    assertEquals(probability(written, 0), probability(templated, 0), 1e-9);
  }

  @Test
  void knowsOpenAisTemplates() {
    for (String set : List.of("simple", "openai7", "openai")) {
      Run run = Run.fovea("classify", Data.TENT, "--labels=tent,ship", "--templates", set);

      assertEquals(0, run.code(), run.err());
      assertTrue(run.lines().get(1).endsWith("tent"), run.out());
    }
  }

  @Test
  void countsALabelThatIsGivenTwiceOnce() {
    Run run = Run.fovea("classify", Data.TENT, "--labels=tent,ship,tent", "--json");

    assertEquals(2, run.json().getFirst().path("labels").size());
    assertEquals("fovea: 1 labels were given twice and count once", run.err().strip());
  }

  @Test
  void saysThatALabelIsTooLongForTheModelAndCutsIt() {
    String label = "tent " + "very ".repeat(50);
    Run run = Run.fovea("classify", Data.TENT, "--labels=" + label);

    assertEquals(0, run.code());
    assertTrue(run.err().contains("longer than this model reads"), run.err());
  }

  @Test
  void readsAPictureFromStandardInput() {
    Run run =
        new Run.Setup()
            .standardInput(Data.bytes(Path.of(Data.TENT)))
            .run("classify", "-", "--labels=tent,ship", "--json");

    assertEquals("-", run.json().getFirst().path("image").asString());
    assertEquals("tent", run.json().getFirst().path("labels").get(0).path("label").asString());
  }

  @Test
  void readsAListOfPicturesFromStandardInput() {
    Run run =
        new Run.Setup()
            .standardInput(Data.TENT + "\n\n" + Data.SHIP + "\n")
            .run("classify", "--from-file=-", "--labels=tent,ship", "--json");

    assertEquals(List.of(Data.TENT, Data.SHIP), images(run));
  }

  @Test
  void expandsGlobsThatTheShellLeftAlone() {
    Run run = Run.fovea("classify", Data.EXAMPLES + "/0[15]-*.png", "--labels=tent,ship", "--json");

    assertEquals(List.of(Data.TENT, Data.SHIP), images(run));
  }

  @Test
  void goesOnAfterAPictureThatCannotBeRead() {
    Path broken = Data.write(folder.resolve("broken.png"), "no picture");
    Run run =
        Run.fovea(
            "classify", Data.TENT, broken.toString(), Data.SHIP, "--labels=tent,ship", "--json");

    assertEquals(2, run.code());
    assertEquals(List.of(Data.TENT, broken.toString(), Data.SHIP), images(run));
    assertTrue(run.json().get(1).path("error").asString().contains("broken.png"), run.out());
    assertEquals(2, run.json().get(2).path("labels").size());
    assertEquals(2, run.err().lines().count(), run.err());
    assertTrue(run.err().endsWith("fovea: 1 of 3 pictures could not be read\n"), run.err());
  }

  @Test
  void givesTheLabelsOfAClassifier() {
    Run run =
        Run.fovea(
            "classify",
            Data.picture("coffee.png"),
            "--model",
            Data.model("vit-classifier"),
            "--json");

    assertEquals(0, run.code(), run.err());
    JsonNode labels = run.json().getFirst().path("labels");
    double sum = 0;
    for (JsonNode label : labels) {
      sum += label.path("probability").asDouble();
    }
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void keepsWhatIsDoneWhenInterrupted() {
    Run run =
        new Run.Setup()
            .interruptedAfter(2)
            .run("classify", Data.TENT, Data.SHIP, "--labels=tent", "--batch-size=1");

    assertEquals(130, run.code());
    assertEquals("fovea: stopped after 1 of 2 pictures", run.err().strip());
    assertEquals(Data.TENT, run.lines().getFirst());
    assertEquals(2, run.lines().size());
  }

  private static double probability(Run run, int label) {
    return run.json().getFirst().path("labels").get(label).path("probability").asDouble();
  }

  private static List<String> images(Run run) {
    return run.json().stream().map(line -> line.path("image").asString()).toList();
  }

  private static int indexOf(JsonNode list, String text) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).asString().equals(text)) {
        return i;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
