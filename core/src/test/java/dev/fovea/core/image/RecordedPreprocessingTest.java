package dev.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.fovea.core.files.ModelFiles;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordedPreprocessingTest {
  static Stream<Arguments> cases() {
    return Stream.of(
            "clip_small",
            "clip_bigcrop",
            "siglip_small",
            "vit_small",
            "blip_small",
            "idefics_small")
        .flatMap(
            name -> {
              Path folder = RecordedPictures.PARITY.resolve("preprocess").resolve(name);
              return RecordedPictures.tensors(folder, "expected.safetensors").entrySet().stream()
                  .filter(entry -> !entry.getKey().endsWith("@ambiguous"))
                  .map(entry -> Arguments.of(folder, entry.getKey(), entry.getValue()));
            });
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void givesTheValuesOfTransformers(Path folder, String picture, float[] expected) {
    ImageProcessor processor = ImageProcessor.load(ModelFiles.directory(folder));

    Pixels pixels = processor.process(RecordedPictures.read(picture));

    assertArrayEquals(expected, pixels.values());
  }
}
