package dev.fovea.cli.embed;

import dev.fovea.core.json.Json;
import dev.fovea.core.weights.SafeTensors;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/**
 * One tensor, {@code embeddings}. The metadata's {@code items} is a JSON array that says for each
 * row what it is of.
 */
final class SafeTensorsEmbeddingWriter implements EmbeddingWriter {
  @Override
  public void write(Path file, Embeddings embeddings) {
    ArrayNode items = Json.mapper().createArrayNode();
    embeddings.rowItems().forEach(items::add);
    try (Arena arena = Arena.ofConfined()) {
      SafeTensors.write(file, List.of(embeddings.matrix(arena)), Map.of("items", items.toString()));
    }
  }
}
