package dev.fovea.models.resnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.checkpoint.Binder;
import dev.fovea.core.engine.ModelTree;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.weights.WeightFiles;
import dev.fovea.models.Model;
import dev.fovea.models.ModelFamily;
import dev.fovea.models.Models;
import dev.fovea.models.TestData;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A ResNet")
class ResNetTest {
  @Test
  void keepsTheStatisticsOfItsNormsThroughSaving(@TempDir Path directory) {
    try (Model model = Models.open(TestData.model("resnet-classifier"));
        Arena arena = Arena.ofConfined()) {
      model.save(directory.resolve("model.safetensors"));
      WeightFiles saved = WeightFiles.open(ModelFiles.directory(directory), arena);

      assertTrue(
          saved.tensors().containsKey("resnet.embedder.embedder.normalization.running_mean"));
      assertTrue(
          saved
              .tensors()
              .containsKey("resnet.embedder.embedder.normalization.num_batches_tracked"));
    }
  }

  @Test
  void countsNoStatisticsAsParameters() {
    try (Model model = Models.open(TestData.model("resnet-classifier"))) {
      assertEquals(
          0,
          ModelTree.parameters(model.root()).values().stream()
              .filter(parameter -> parameter.name().contains("running_"))
              .count());
    }
  }

  @Test
  void halvesThePictureWhereItsConfigurationSays() {
    ResNetConfig original =
        ResNetConfig.read(
            ModelFamily.config(ModelFiles.directory(TestData.model("resnet-model-f16"))));

    assertTrue(original.downsampleInBottleneck());
    ResNetBlock block = ResNetBlock.bind(Binder.shapesOnly(), original, 16, 24, 2);
    assertEquals(2, block.layer().get(0).convolution().window().stride());
    assertEquals(1, block.layer().get(1).convolution().window().stride());
  }
}
