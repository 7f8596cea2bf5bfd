package dev.fovea.core.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.json.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The files that PyTorch wrote hold, by name, what PyTorch or Python's own pickle machine finds in
 * them. The digests were made by {@code record.py} and {@code digest.py} beside them.
 */
class PickleDigestTest {
  private static final Path FOLDER = RecordedFiles.TESTDATA.resolve("pickles");

  @ParameterizedTest
  @CsvSource({
    "openai-torchscript, parity/models/openai-torchscript/model.pt",
    "openclip-vit-quickgelu, parity/models/openclip-vit-quickgelu/open_clip_pytorch_model.bin",
    "imagebind, pickles/imagebind.pth",
    "views, pickles/views.bin",
    "protocol4, pickles/protocol4.bin",
    "legacy, pickles/legacy.bin",
    "training, pickles/training.pth",
    "nested, pickles/nested.pth",
    "scripted, pickles/scripted.pt",
    "no-checksums, pickles/no-checksums.bin",
  })
  void tensorsEqualThoseThatPythonFinds(String name, String file) throws Exception {
    JsonNode expected = Json.read(FOLDER.resolve(name + ".json"));
    try (Arena arena = Arena.ofConfined()) {
      WeightFiles weights = RecordedFiles.read(RecordedFiles.TESTDATA.resolve(file), arena);

      assertEquals(Set.copyOf(expected.propertyNames()), weights.tensors().keySet());
      for (StoredTensor tensor : weights.tensors().values()) {
        JsonNode entry = expected.get(tensor.name());
        assertEquals(entry.get("dtype").stringValue(), tensor.dtype().name(), tensor.name());
        assertEquals(sizes(entry.get("shape")), tensor.shape(), tensor.name());
        assertEquals(entry.get("sha256").stringValue(), sha256(tensor), tensor.name());
      }
    }
  }

  private static List<Long> sizes(JsonNode shape) {
    List<Long> sizes = new ArrayList<>();
    shape.forEach(size -> sizes.add(size.longValue()));
    return sizes;
  }

  private static String sha256(StoredTensor tensor) throws NoSuchAlgorithmException {
    byte[] data = tensor.data().toArray(ValueLayout.JAVA_BYTE);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
  }
}
