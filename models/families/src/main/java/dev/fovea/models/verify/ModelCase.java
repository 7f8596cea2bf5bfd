package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.image.Image;
import dev.fovea.core.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The inputs of a recorded model case.
 *
 * @param directory the case's folder, which is a model folder too
 * @param expected its expected.json
 */
public record ModelCase(Path directory, JsonNode expected) {
  static ModelCase open(Path directory) {
    return new ModelCase(directory, Json.read(directory.resolve("expected.json")));
  }

  /** The family that the recording names. */
  public String family() {
    return expected.path("family").asString("");
  }

  /** The recorded inputs. */
  public JsonNode inputs() {
    return expected.path("inputs");
  }

  /** The texts among the inputs. */
  public List<String> texts() {
    return strings(inputs().path("texts"));
  }

  /** The pictures among the inputs, decoded. */
  public List<Image> images() {
    List<Image> images = new ArrayList<>();
    for (String name : strings(inputs().path("images"))) {
      images.add(Image.read(imageFolder(directory).resolve(name)));
    }
    return images;
  }

  /** The folder of pictures that cases share: {@code images} beside one of the folders above. */
  static Path imageFolder(Path directory) {
    for (Path at = directory.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("images"))) {
        return at.resolve("images");
      }
    }
    throw new BadInputException(
        "%s: the case names pictures, but there is no folder 'images' in it or above it"
            .formatted(directory));
  }

  static List<String> strings(JsonNode list) {
    List<String> result = new ArrayList<>();
    list.forEach(element -> result.add(element.asString()));
    return result;
  }
}
