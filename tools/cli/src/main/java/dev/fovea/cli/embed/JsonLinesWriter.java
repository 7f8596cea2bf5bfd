package dev.fovea.cli.embed;

import dev.fovea.core.files.AtomicFile;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One JSON object a line, in the order of the items; failures carry an error. */
final class JsonLinesWriter implements EmbeddingWriter {
  @Override
  public void write(Path file, Embeddings embeddings) {
    AtomicFile.write(
        file,
        channel -> {
          PrintWriter out =
              new PrintWriter(Channels.newOutputStream(channel), false, StandardCharsets.UTF_8);
          for (int i = 0; i < embeddings.items().size(); i++) {
            out.print(embeddings.line(i) + "\n");
          }
          if (out.checkError()) {
            throw new java.io.IOException("not all could be written; is the disk full?");
          }
        });
  }
}
