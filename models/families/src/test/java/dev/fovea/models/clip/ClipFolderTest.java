package dev.fovea.models.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.Image;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.models.ImageEmbedder;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import dev.fovea.models.Refusal;
import dev.fovea.models.TestData;
import dev.fovea.models.TextEmbedder;
import dev.fovea.models.verify.Check;
import dev.fovea.models.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A folder of CLIP")
class ClipFolderTest {
  @TempDir Path directory;

  private final Engine engine =
      Engine.open(EngineOptions.defaults().withBackend("reference").withThreads(1));

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void mayStateItsSidesInTheFieldsOfOldFiles() {
    Path folder = copy("clip-quickgelu-f16");
    config(
        folder,
        "\"text_config\": {",
        "\"text_config\": {\"hidden_size\": 1}, \"text_config_dict\": {");
    config(folder, "\"vision_config\": {", "\"vision_config_dict\": {");

    assertVerifies(folder);
  }

  @Test
  void mayKeepThePositionBuffersOfOldFiles() {
    Path folder = copy("clip-v5names");
    rewrite(folder, "", "", "text_model.embeddings.position_ids");

    assertVerifies(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "clip-vision-v5, '', 'vision_model.'",
    "clip-text, 'text_model.', ''",
    "clip-text-proj, 'text_model.', ''"
  })
  void mayHaveTheTensorNamesOfAnotherVersionOfTransformers(
      String name, String prefix, String replacement) {
    Path folder = copy(name);
    rewrite(folder, prefix, replacement);

    assertVerifies(folder);
  }

  @Test
  void mayPreferTheConfigurationOfTransformersOverThatOfOpenClip() throws IOException {
    Path folder = copy("clip-quickgelu-f16");
    Files.copy(
        TestData.model("openclip-vit").resolve("open_clip_config.json"),
        folder.resolve("open_clip_config.json"));

    assertVerifies(folder);
  }

  @Test
  void embedsATowerAlone() {
    try (Model texts = Models.open(TestData.model("clip-text-proj"), engine);
        Model pictures = Models.open(TestData.model("clip-vision-proj-v5"), engine)) {
      Image picture = Image.read(TestData.at("parity/images/coffee.png"));
      assertEquals(24, texts.as(TextEmbedder.class).embed("a photo of a cat").length);
      assertEquals(1, length(texts.as(TextEmbedder.class).embed("a photo of a cat")), 1e-6);
      assertEquals(24, pictures.as(ImageEmbedder.class).dimension());
      assertEquals(1, length(pictures.as(ImageEmbedder.class).embed(picture)), 1e-6);
    }
  }

  @Test
  void cutsTextsToItsContext() {
    try (Model texts = Models.open(TestData.model("clip-text"), engine)) {
      String tooLong = "a photo of a cat ".repeat(50);
      assertEquals(length(texts.as(TextEmbedder.class).embed(tooLong)), 1, 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "hidden_size": 32, "intermediate_size": 48 | "hidden_size": 64, "intermediate_size": 48 | text_model.embeddings.token_embedding.weight' is [700, 32], but config.json makes it [700, 64]
          "num_hidden_layers": 2                     | "num_hidden_layers": 3                     | text_model.encoder.layers.2.self_attn.k_proj.weight' [32, 32] is missing
          "num_hidden_layers": 3                     | "num_hidden_layers": 2                     | 16 tensors that a model with this config.json does not have
          "patch_size": 16                           | "patch_size": 8                            | vision_model.embeddings.patch_embedding.weight' is [32, 3, 16, 16], but config.json makes it [32, 3, 8, 8]
          "vocab_size": 700                          | "vocab_size": 701                          | text_model.embeddings.token_embedding.weight' is [700, 32], but config.json makes it [701, 32]
          "projection_dim": 24, "text_config"        | "projection_dim": 25, "text_config"        | visual_projection.weight' is [24, 32], but config.json makes it [25, 32]
          """)
  void isRefusedWhereConfigurationAndWeightsContradict(
      String old, String replacement, String message) {
    Path folder = copy("clip-quickgelu-f16");
    config(folder, old, replacement);

    String refusal = Refusal.of(() -> Models.open(folder, engine));

    assertTrue(refusal.startsWith(folder.resolve("model.safetensors") + ": "), refusal);
    assertTrue(refusal.contains(message), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "num_attention_heads": 2  | "num_attention_heads": 3          | text_config: hidden_size 32 is not a multiple of num_attention_heads 3
          "patch_size": 16          | "patch_size": 49                  | vision_config: patch_size 49 is larger than image_size 48
          "num_hidden_layers": 2    | "num_hidden_layers": 1000000000   | text_config.num_hidden_layers is 1000000000, expected a whole number from 1 to 1024
          "image_size": 48          | "image_size": 2000000000          | vision_config.image_size is 2000000000, expected a whole number from 1 to 16384
          "vocab_size": 700         | "vocab_size": -1                  | text_config.vocab_size is -1, expected a whole number from 1 to 16777216
          "vocab_size": 700         | "vocab_size": "many"              | text_config.vocab_size is "many", expected a whole number from 1 to 16777216
          "patch_size": 16          | "patch_size": 16, "hidden_act": "sine" | vision_config.hidden_act: activation 'sine' is not known
          "model_type": "clip",     | "model_type": "clop",             | model_type 'clop' is not known; known families: clip,
          "model_type": "clip",     | "model_type": ["clip"],           | model_type is ["clip"], expected a string
          """)
  void isRefusedWhereTheConfigurationIsWrong(String old, String replacement, String message) {
    Path folder = copy("clip-quickgelu-f16");
    config(folder, old, replacement);

    String refusal = Refusal.of(() -> Models.open(folder, engine));

    assertTrue(refusal.startsWith(folder.resolve("config.json") + ": " + message), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json"})
  void isRefusedWithoutOneOfItsFiles(String file) throws IOException {
    Path folder = copy("clip-v5names");
    if (file.equals("preprocessor_config.json")) {
      Files.delete(folder.resolve("processor_config.json"));
    } else {
      Files.delete(folder.resolve(file));
    }

    String refusal = Refusal.of(() -> Models.open(folder, engine));

    assertTrue(refusal.startsWith(folder.toString()), refusal);
    assertEquals(1, refusal.lines().count());
  }

  @Test
  void isRefusedIfItsProcessorMakesPicturesOfAnotherSize() {
    Path folder = copy("clip-quickgelu-f16");
    TestData.replace(folder.resolve("preprocessor_config.json"), "48", "64");
    Image picture = Image.read(TestData.at("parity/images/coffee.png"));

    try (Model model = Models.open(folder, engine)) {
      assertEquals(
          folder.resolve("config.json")
              + ": the model takes pictures of 3 x 48 x 48, its image processor makes 3 x 64 x 64; the configurations of model and processor do not belong together",
          Refusal.of(() -> model.as(ImageEmbedder.class).embed(picture)));
    }
  }

  @Test
  void isRefusedIfItsTokenizerIsAnotherModels() throws IOException {
    Path folder = copy("clip-quickgelu-f16");
    for (String file : List.of("vocab.json", "merges.txt", "tokenizer_config.json")) {
      Files.delete(folder.resolve(file));
      Files.copy(TestData.model("clip-full-vocab-f16").resolve(file), folder.resolve(file));
    }
    Files.delete(folder.resolve("tokenizer.json"));

    try (Model model = Models.open(folder, engine)) {
      assertEquals(
          "token 49406 is not among the 700 of tensor 'text_model.embeddings.token_embedding.weight'; tokenizer and weights do not belong together",
          Refusal.of(() -> model.as(TextEmbedder.class).embed("a photo of a cat")));
    }
  }

  private Path copy(String name) {
    return TestData.copyOfModel(name, directory);
  }

  private static void config(Path folder, String old, String replacement) {
    Path file = folder.resolve("config.json");
    TestData.write(file, TestData.read(file).replaceAll("\\s+", " "));
    TestData.replace(file, old, replacement);
  }

  /** Renames tensors, and adds one of another type. */
  private static void rewrite(
      Path folder, String prefix, String replacement, String... integerTensors) {
    try (Arena arena = Arena.ofConfined()) {
      List<StoredTensor> tensors =
          SafeTensors.read(ModelFiles.directory(folder), "model.safetensors", arena)
              .tensors()
              .values()
              .stream()
              .map(t -> renamed(t, prefix, replacement))
              .toList();
      Path rewritten = folder.resolve("rewritten");
      List<StoredTensor> all = new ArrayList<>(tensors);
      for (String name : integerTensors) {
        all.add(new StoredTensor(name, DType.I64, List.of(1L), MemorySegment.ofArray(new byte[8])));
      }
      SafeTensors.write(rewritten, all, Map.of());
      Files.move(
          rewritten, folder.resolve("model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoredTensor renamed(StoredTensor tensor, String prefix, String replacement) {
    String name = tensor.name();
    return name.startsWith(prefix) && !name.contains("projection")
        ? new StoredTensor(
            replacement + name.substring(prefix.length()),
            tensor.dtype(),
            tensor.shape(),
            tensor.data())
        : tensor;
  }

  /** All but the checksum of the weights, which a test may have rewritten. */
  private void assertVerifies(Path folder) {
    List<Check> checks = Verifier.verify(folder, engine).checks();
    assertTrue(checks.size() > 5);
    assertEquals(
        List.of(),
        checks.stream()
            .filter(check -> !check.passed() && !check.name().equals("model.safetensors"))
            .toList());
  }

  private static double length(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }
}
