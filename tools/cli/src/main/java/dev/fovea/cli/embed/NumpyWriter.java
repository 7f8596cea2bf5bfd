package dev.fovea.cli.embed;

import dev.fovea.core.files.AtomicFile;
import dev.fovea.core.weights.Npy;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * A NumPy matrix, and beside it {@code NAME.items.jsonl}, which says for each row what it is of.
 */
final class NumpyWriter implements EmbeddingWriter {
  @Override
  public void write(Path file, Embeddings embeddings) {
    String items =
        embeddings.rowItems().stream()
            .map(ObjectNode::toString)
            .collect(Collectors.joining("\n", "", "\n"));
    AtomicFile.write(
        itemsFile(file),
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(items.getBytes(StandardCharsets.UTF_8));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
    try (Arena arena = Arena.ofConfined()) {
      Npy.write(file, embeddings.matrix(arena));
    }
  }

  static Path itemsFile(Path file) {
    String name = String.valueOf(file.getFileName());
    String stem = name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
    return file.resolveSibling(stem + ".items.jsonl");
  }
}
