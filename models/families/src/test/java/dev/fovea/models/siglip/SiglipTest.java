package dev.fovea.models.siglip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.Image;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import dev.fovea.models.ImageTextModel;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import dev.fovea.models.Refusal;
import dev.fovea.models.TestData;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SigLIP")
class SiglipTest {
  private static final List<Model> MODELS = new ArrayList<>();

  @BeforeAll
  static void open() {
    MODELS.add(Models.open(TestData.model("siglip")));
  }

  @AfterAll
  static void close() {
    MODELS.forEach(Model::close);
  }

  private static ImageTextModel siglip() {
    return MODELS.getFirst().as(ImageTextModel.class);
  }

  @Test
  void padsEveryTextToTheFullLengthSoThatItsVectorDoesNotDependOnTheOthers() {
    float[] alone = siglip().embed("a photo of a cat");
    float[][] together =
        siglip().embedTexts(List.of("a photo of a cat", "two cups of coffee on a wooden table"));

    assertArrayEquals(alone, together[0]);
    assertEquals(64, ((Siglip) MODELS.getFirst()).tokens(List.of("a cat")).ids().length());
  }

  @Test
  void readsPaddingToo() {
    SiglipModel layers = (SiglipModel) MODELS.getFirst().root();
    int[] ids = ((Siglip) MODELS.getFirst()).tokens(List.of("a cat")).ids().values();
    int[] others = ids.clone();
    others[40] = 7;

    assertTrue(distance(pooled(layers, ids), pooled(layers, others)) > 1e-3);
  }

  private static float[] pooled(SiglipModel layers, int[] ids) {
    return MODELS
        .getFirst()
        .run(
            session ->
                layers.textModel().forward(session, new Indices(1, ids.length, ids)).toFloats());
  }

  private static double distance(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void judgesEachPairAlone() {
    ImageTextModel.Similarity similarity = siglip().similarity();
    double alone = similarity.probabilities(new double[] {0.3})[0];
    double among = similarity.probabilities(new double[] {0.3, 0.9})[0];

    assertTrue(similarity.sigmoid());
    assertEquals(alone, among);
    assertEquals(1 / (1 + Math.exp(-(similarity.scale() * 0.3 + similarity.bias()))), alone, 1e-12);
  }

  @Test
  void givesVectorsOfLengthOne() {
    float[] picture = siglip().embed(Image.read(TestData.at("parity/images/coffee.png")));
    double sum = 0;
    for (float value : picture) {
      sum += value * value;
    }

    assertEquals(32, siglip().dimension());
    assertEquals(32, picture.length);
    assertEquals(1, sum, 1e-5);
  }

  @Test
  void readsFilesWithTheBuffersOfOldVersionsAndRefusesOthers(@TempDir Path directory) {
    Path model = TestData.copyOfModel("siglip", directory);
    add(model, "text_model.embeddings.position_ids", "vision_model.embeddings.position_ids");
    Models.open(model).close();

    add(model, "vision_model.embeddings.class_embedding");
    String e = Refusal.of(() -> Models.open(model));

    assertTrue(e.contains("vision_model.embeddings.class_embedding"), e);
  }

  private static void add(Path model, String... names) {
    try (Arena arena = Arena.ofConfined()) {
      WeightFiles weights = WeightFiles.open(ModelFiles.directory(model), arena);
      List<StoredTensor> tensors = new ArrayList<>(weights.tensors().values());
      for (String name : names) {
        tensors.add(new StoredTensor(name, DType.I64, List.of(1L, 4L), arena.allocate(32)));
      }
      SafeTensors.write(model.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
    }
  }
}
