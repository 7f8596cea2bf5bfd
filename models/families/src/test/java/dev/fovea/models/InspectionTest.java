package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.models.Inspection.Part;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Inspection counts a model by its configuration alone")
class InspectionTest {
  @TempDir Path directory;
  @TempDir Path openClipDirectory;

  /** What transformers takes for granted, so that the files of old models hold it not. */
  private static final String TEXT_L =
      """
      "text_config": {"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12}""";

  @Test
  void ofClipWithPatchesOf32() {
    Inspection inspection = huggingFace("{\"model_type\": \"clip\"}");

    assertEquals(151_277_313, inspection.parameters());
    assertEquals(
        List.of(
            new Part("textModel", 63_165_952),
            new Part("visionModel", 87_456_000),
            new Part("visualProjection", 393_216),
            new Part("textProjection", 262_144),
            new Part("logitScale", 1)),
        inspection.parts());
    assertEquals("1 picture of 224 x 224 and 1 text of 77 tokens", inspection.input());
  }

  @Test
  void ofClipWithPatchesOf16() {
    Inspection inspection =
        huggingFace("{\"model_type\": \"clip\", \"vision_config\": {\"patch_size\": 16}}");

    assertEquals(149_620_737, inspection.parameters());
    assertEquals(85_799_424, part(inspection, "visionModel"));
  }

  @ParameterizedTest
  @CsvSource({"224, 427616513, 303179776", "336, 427944193, 303507456"})
  void ofLargeClip(int imageSize, long total, long vision) {
    Inspection inspection =
        huggingFace(
            """
            {"model_type": "clip", "projection_dim": 768, %s,
             "vision_config": {"hidden_size": 1024, "intermediate_size": 4096,
               "num_attention_heads": 16, "num_hidden_layers": 24, "patch_size": 14,
               "image_size": %d}}"""
                .formatted(TEXT_L, imageSize));

    assertEquals(total, inspection.parameters());
    assertEquals(123_060_480, part(inspection, "textModel"));
    assertEquals(vision, part(inspection, "visionModel"));
    assertEquals(786_432, part(inspection, "visualProjection"));
    assertEquals(589_824, part(inspection, "textProjection"));
  }

  @Test
  void ofHugeClipInBothFormats() {
    Inspection huggingFace =
        huggingFace(
            """
            {"model_type": "clip", "projection_dim": 1024,
             "text_config": {"hidden_size": 1024, "intermediate_size": 4096, "hidden_act": "gelu",
               "num_attention_heads": 16, "num_hidden_layers": 24},
             "vision_config": {"hidden_size": 1280, "intermediate_size": 5120,
               "num_attention_heads": 16, "num_hidden_layers": 32, "patch_size": 14}}""");
    Inspection openClip =
        openClip(
            """
            {"embed_dim": 1024,
             "vision_cfg": {"image_size": 224, "layers": 32, "width": 1280, "head_width": 80,
               "patch_size": 14},
             "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 1024, "heads": 16,
               "layers": 24}}""");

    assertEquals(986_109_441, huggingFace.parameters());
    assertEquals(
        List.of(
            new Part("textModel", 352_984_064),
            new Part("visionModel", 630_766_080),
            new Part("visualProjection", 1_310_720),
            new Part("textProjection", 1_048_576),
            new Part("logitScale", 1)),
        huggingFace.parts());
    assertEquals(huggingFace.parts(), openClip.parts());
  }

  @Test
  void ofGiganticClipInBothFormats() {
    Inspection huggingFace =
        huggingFace(
            """
            {"model_type": "clip", "projection_dim": 1280,
             "text_config": {"hidden_size": 1280, "intermediate_size": 5120, "hidden_act": "gelu",
               "num_attention_heads": 20, "num_hidden_layers": 32},
             "vision_config": {"hidden_size": 1664, "intermediate_size": 8192,
               "num_attention_heads": 16, "num_hidden_layers": 48, "patch_size": 14}}""");
    Inspection openClip =
        openClip(
            """
            {"embed_dim": 1280,
             "vision_cfg": {"image_size": 224, "layers": 48, "width": 1664, "head_width": 104,
               "mlp_ratio": 4.9231, "patch_size": 14},
             "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 1280, "heads": 20,
               "layers": 32}}""");

    assertEquals(2_539_567_105L, huggingFace.parameters());
    assertEquals(693_021_440, part(huggingFace, "textModel"));
    assertEquals(1_842_777_344, part(huggingFace, "visionModel"));
    assertEquals(huggingFace.parts(), openClip.parts());
  }

  /** Totals of OpenAI's five models, in millions, as OpenCLIP's table of results gives them. */
  @ParameterizedTest
  @CsvSource({
    "'[3, 4, 6, 3]', 64, 224, 1024, 512, 8, 102.01",
    "'[3, 4, 23, 3]', 64, 224, 512, 512, 8, 119.69",
    "'[4, 6, 10, 6]', 80, 288, 640, 640, 10, 178.3",
    "'[6, 8, 18, 8]', 96, 384, 768, 768, 12, 290.98",
    "'[3, 15, 36, 10]', 128, 448, 1024, 1024, 16, 623.26"
  })
  void ofTheModifiedResNets(
      String layers, int width, int side, int dim, int textWidth, int heads, double millions) {
    Inspection inspection =
        openClip(
            """
            {"embed_dim": %d, "quick_gelu": true,
             "vision_cfg": {"image_size": %d, "layers": %s, "width": %d, "patch_size": null},
             "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": %d, "heads": %d,
               "layers": 12}}"""
                .formatted(dim, side, layers, width, textWidth, heads));

    assertEquals(millions, Math.round(inspection.parameters() / 1e4) / 100.0);
  }

  /** Billions of operations, as OpenCLIP's table of results gives them. */
  @ParameterizedTest
  @CsvSource({"32, 14.78", "16, 41.09"})
  void addsUpFloatingPointOperations(int patchSize, double billions) {
    Inspection inspection =
        huggingFace(
            "{\"model_type\": \"clip\", \"vision_config\": {\"patch_size\": %d}}"
                .formatted(patchSize));

    assertEquals(billions, inspection.floatingPointOperations() / 1e9, 0.01 * billions);
  }

  @Test
  void knowsWhatWeightsTakeInEveryType() {
    Inspection inspection = huggingFace("{\"model_type\": \"clip\"}");

    assertEquals(605_109_252, inspection.weightBytes(DType.F32));
    assertEquals(302_554_626, inspection.weightBytes(DType.F16));
    assertEquals(302_554_626, inspection.weightBytes(DType.BF16));
  }

  @Test
  void boundsActivationsByWhatABlockNeeds() {
    Inspection inspection = huggingFace("{\"model_type\": \"clip\"}");

    long pixels = 4L * 3 * 224 * 224;
    assertTrue(inspection.peakActivationBytes() > pixels);
    assertTrue(inspection.peakActivationBytes() < 10 * pixels);
  }

  @ParameterizedTest
  @CsvSource({"CLIPVisionModel, 87456000", "CLIPVisionModelWithProjection, 87849216"})
  void ofAVisionTowerAlone(String architecture, long total) {
    Inspection inspection =
        huggingFace(
            "{\"model_type\": \"clip_vision_model\", \"architectures\": [\"%s\"]}"
                .formatted(architecture));

    assertEquals(total, inspection.parameters());
  }

  @ParameterizedTest
  @CsvSource({"CLIPTextModel, 63165952", "CLIPTextModelWithProjection, 63428096"})
  void ofATextTowerAlone(String architecture, long total) {
    Inspection inspection =
        huggingFace(
            "{\"model_type\": \"clip_text_model\", \"architectures\": [\"%s\"]}"
                .formatted(architecture));

    assertEquals(total, inspection.parameters());
  }

  @Test
  void doesNotAllocateWhatAConfigurationClaims() {
    String config =
        "{\"model_type\": \"clip\", \"text_config\": {\"num_hidden_layers\": 1000000000}}";

    String e = Refusal.of(() -> huggingFace(config));

    assertEquals(
        directory.resolve("config.json")
            + ": text_config.num_hidden_layers is 1000000000, expected a whole number from 1 to 1024",
        e);
  }

  @Test
  void survivesTheLargestSizesThatAConfigurationMayHave() {
    Inspection inspection =
        huggingFace(
            """
            {"model_type": "clip",
             "text_config": {"hidden_size": 16777216, "num_attention_heads": 1,
               "intermediate_size": 16777216, "num_hidden_layers": 1024},
             "vision_config": {"image_size": 16384, "num_channels": 3}}""");

    assertTrue(inspection.parameters() > 1L << 58);
  }

  private Inspection huggingFace(String config) {
    TestData.write(directory.resolve("config.json"), config);
    return Inspection.of(ModelFiles.directory(directory));
  }

  private Inspection openClip(String modelConfig) {
    TestData.write(
        openClipDirectory.resolve("open_clip_config.json"),
        "{\"model_cfg\": %s}".formatted(modelConfig));
    return Inspection.of(ModelFiles.directory(openClipDirectory));
  }

  private static long part(Inspection inspection, String name) {
    return inspection.parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow()
        .parameters();
  }
}
