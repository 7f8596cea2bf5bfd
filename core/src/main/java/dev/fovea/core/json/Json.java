package dev.fovea.core.json;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. Duplicate keys, trailing text and absurd nesting are errors. */
public final class Json {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_STRING = 64 << 20;
  private static final long MAX_FILE = 512L << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(1 << 20)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The shared mapper, for writing and for building nodes. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if the file is missing, unreadable, too large or not strict JSON
   */
  public static JsonNode read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE) {
        throw new BadInputException(
            "%s: %,d bytes is more than a JSON file may have (%,d)"
                .formatted(file, size, MAX_FILE));
      }
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, Reason.of(e)), e);
    }
  }

  /**
   * Parses a document.
   *
   * @param source what to call the document in an error
   * @throws BadInputException if it is not strict JSON
   */
  public static JsonNode parse(byte[] bytes, String source) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node.isMissingNode()) {
        throw new BadInputException("%s: empty, expected JSON".formatted(source));
      }
      return node;
    } catch (JacksonException e) {
      throw new BadInputException(
          "%s: not valid JSON at line %d, column %d: %s"
              .formatted(
                  source,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  Quoted.firstLine(e.getOriginalMessage())),
          e);
    }
  }
}
