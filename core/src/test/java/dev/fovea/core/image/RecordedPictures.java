package dev.fovea.core.image;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The pictures in testdata, and what Pillow and transformers make of them. */
final class RecordedPictures {
  static final Path PARITY = Path.of(System.getProperty("fovea.testdata"), "parity");

  /** Clipped at 255 by Pillow, where others scale: recorded as information. */
  static final String SIXTEEN_BIT = "odd_16bit.png";

  private RecordedPictures() {}

  static Path file(String name) {
    return PARITY.resolve("images").resolve(name);
  }

  static Image read(String name) {
    return Image.read(file(name));
  }

  static Stream<String> names() {
    return decoded().propertyNames().stream();
  }

  /** What is recorded of the RGB bytes of each picture. */
  static JsonNode decoded() {
    return Json.read(PARITY.resolve("preprocess/decoded.json")).path("images");
  }

  /** The values of all tensors in a safetensors file, whatever their type. */
  static Map<String, float[]> tensors(Path folder, String file) {
    Map<String, float[]> result = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      ModelFiles files = ModelFiles.directory(folder);
      SafeTensors.read(files, file, arena)
          .tensors()
          .forEach((name, tensor) -> result.put(name, values(tensor)));
    }
    return result;
  }

  private static float[] values(StoredTensor tensor) {
    float[] values = new float[(int) tensor.elementCount()];
    ValueLayout.OfFloat floats =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.dtype()) {
            case F32 -> tensor.data().get(floats, 4L * i);
            case U8 -> tensor.data().get(ValueLayout.JAVA_BYTE, i) & 0xff;
            default -> throw new IllegalStateException(tensor.name() + " is " + tensor.dtype());
          };
    }
    return values;
  }
}
