package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.engine.ModelTree;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.Inspection.Part;
import dev.fovea.models.siglip.SiglipModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Public models have as many parameters by configuration as their files hold")
class ParameterCountsTest {
  private static final String SO400M =
      "\"hidden_size\": 1152, \"intermediate_size\": 4304, \"num_hidden_layers\": 27, \"num_attention_heads\": 16";

  /** The 1000 classes of ImageNet, by number. */
  private static final String THOUSAND_LABELS =
      IntStream.range(0, 1000)
          .mapToObj(i -> "\"%d\": \"class %d\"".formatted(i, i))
          .collect(Collectors.joining(", ", "\"id2label\": {", "}"));

  @TempDir Path directory;

  @Test
  void siglipBase() throws IOException {
    configure("{\"model_type\": \"siglip\"}");

    assertEquals(203_155_970, inspect().parameters());
    assertEquals(7_087_104, siglipHead());
  }

  @Test
  void siglipSo400m() throws IOException {
    configure(
        """
        {"model_type": "siglip", "text_config": {%s},
         "vision_config": {"image_size": 384, "patch_size": 14, %s}}"""
            .formatted(SO400M, SO400M));

    assertEquals(877_960_498, inspect().parameters());
    assertEquals(15_238_352, siglipHead());
  }

  @Test
  void vitBase() throws IOException {
    configure(
        """
        {"model_type": "vit", "architectures": ["ViTForImageClassification"], %s}"""
            .formatted(THOUSAND_LABELS));

    assertEquals(86_567_656, inspect().parameters());
    assertEquals(
        List.of(new Part("vit", 85_798_656), new Part("classifier", 769_000)), inspect().parts());
  }

  @Test
  void vitBaseWithPooler() throws IOException {
    configure("{\"model_type\": \"vit\", \"architectures\": [\"ViTModel\"]}");

    assertEquals(86_389_248, inspect().parameters());
  }

  @ParameterizedTest
  @CsvSource({"'[2, 2, 2, 2]', 11689512", "'[3, 4, 6, 3]', 21797672"})
  void resNetsOfBasicBlocks(String depths, long total) throws IOException {
    configure(
        """
        {"model_type": "resnet", "architectures": ["ResNetForImageClassification"],
         "layer_type": "basic", "hidden_sizes": [64, 128, 256, 512], "depths": %s, %s}"""
            .formatted(depths, THOUSAND_LABELS));

    assertEquals(total, inspect().parameters());
  }

  @ParameterizedTest
  @CsvSource({"'[3, 4, 6, 3]', 25557032", "'[3, 4, 23, 3]', 44549160", "'[3, 8, 36, 3]', 60192808"})
  void resNetsOfBottlenecks(String depths, long total) throws IOException {
    configure(
        """
        {"model_type": "resnet", "architectures": ["ResNetForImageClassification"],
         "depths": %s, %s}"""
            .formatted(depths, THOUSAND_LABELS));

    assertEquals(total, inspect().parameters());
  }

  @Test
  void resNet50NeedsFourBillionMultiplicationsAndAsManyAdditions() throws IOException {
    configure(
        """
        {"model_type": "resnet", "architectures": ["ResNetForImageClassification"], %s}"""
            .formatted(THOUSAND_LABELS));

    assertEquals(2 * 4.09, inspect().floatingPointOperations() / 1e9, 0.05);
  }

  @Test
  void dinov2Small() throws IOException {
    configure(
        """
        {"model_type": "dinov2", "hidden_size": 384, "num_attention_heads": 6, "image_size": 518,
         "patch_size": 14}""");

    assertEquals(22_056_576, inspect().parameters());
  }

  @Test
  void dinov2GiantWithGatedLayers() throws IOException {
    configure(
        """
        {"model_type": "dinov2", "hidden_size": 1536, "num_hidden_layers": 40,
         "num_attention_heads": 24, "image_size": 518, "patch_size": 14, "use_swiglu_ffn": true}""");

    assertEquals(1_136_480_768, inspect().parameters());
  }

  @Test
  void dinov2SmallWithRegisters() throws IOException {
    configure(
        """
        {"model_type": "dinov2_with_registers", "hidden_size": 384, "num_attention_heads": 6,
         "image_size": 518, "patch_size": 14}""");

    assertEquals(22_056_576 + 4 * 384, inspect().parameters());
  }

  @Test
  void miniLm() throws IOException {
    configure(
        """
        {"model_type": "bert", "hidden_size": 384, "intermediate_size": 1536,
         "num_hidden_layers": 6}""");

    assertEquals(22_713_216, inspect().parameters());
  }

  @Test
  void bertBase() throws IOException {
    configure("{\"model_type\": \"bert\"}");

    assertEquals(109_482_240, inspect().parameters());
  }

  private void configure(String config) throws IOException {
    Files.writeString(directory.resolve("config.json"), config);
  }

  private Inspection inspect() {
    return Inspection.of(ModelFiles.directory(directory));
  }

  private long siglipHead() {
    ModelFiles files = ModelFiles.directory(directory);
    SiglipModel model = (SiglipModel) Models.familyOf(files).structure(files).root();
    return ModelTree.parameterCount(model.visionModel().head());
  }
}
