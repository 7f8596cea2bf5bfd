package dev.fovea.cli.embed;

import java.nio.file.Path;

/** Writes all embeddings of a run as one file, which is there as a whole or not at all. */
public interface EmbeddingWriter {
  /**
   * Writes the file.
   *
   * @throws dev.fovea.core.BadInputException if it cannot be written
   */
  void write(Path file, Embeddings embeddings);
}
