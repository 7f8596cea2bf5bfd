package dev.fovea.cli.embed;

import dev.fovea.core.BadInputException;
import java.nio.file.Path;
import java.util.Locale;

/** How embeddings are written. */
public enum OutputFormat {
  /** One JSON object a line, with failures among them. */
  JSONL(new JsonLinesWriter(), ".jsonl", ".ndjson", ".json"),
  /** A NumPy matrix, with the items in a file of JSON lines beside it. */
  NPY(new NumpyWriter(), ".npy"),
  /** The tensor {@code embeddings}, with the items in the metadata. */
  SAFETENSORS(new SafeTensorsEmbeddingWriter(), ".safetensors");

  private final EmbeddingWriter writer;
  private final String[] endings;

  OutputFormat(EmbeddingWriter writer, String... endings) {
    this.writer = writer;
    this.endings = endings;
  }

  public EmbeddingWriter writer() {
    return writer;
  }

  /** The format with a name, as in {@code npy}. */
  public static OutputFormat named(String name) {
    for (OutputFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new BadInputException(
        "--format %s is not known; expected jsonl, npy or safetensors".formatted(name));
  }

  /** The format that a file name asks for. */
  public static OutputFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (OutputFormat format : values()) {
      for (String ending : format.endings) {
        if (name.endsWith(ending)) {
          return format;
        }
      }
    }
    throw new BadInputException(
        "%s: the ending does not say the format; expected .jsonl, .npy or .safetensors, or add --format"
            .formatted(file));
  }
}
