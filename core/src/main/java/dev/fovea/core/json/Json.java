package dev.fovea.core.json;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. Duplicate keys, trailing text and absurd nesting are errors. */
public final class Json {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_STRING = 64 << 20;
  private static final int MAX_NUMBER = 64;
  private static final long MAX_BYTES = 256L << 20;

  /** The tokenizer files of the largest vocabularies have three million. */
  private static final long MAX_TOKENS = 8_000_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(1 << 20)
                          .maxNumberLength(MAX_NUMBER)
                          .maxTokenCount(MAX_TOKENS)
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
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "%s: %s".formatted(file, Files.exists(file) ? "not a file" : "no such file"));
    }
    try {
      requireSize(Files.size(file), file.toString());
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, Reason.of(e)), e);
    }
  }

  /**
   * Parses a document.
   *
   * @param source what to call the document in an error
   * @throws BadInputException if it is not strict JSON in UTF-8
   */
  public static JsonNode parse(byte[] bytes, String source) {
    requireSize(bytes.length, source);
    try (JsonParser parser = parser(bytes, source)) {
      JsonNode node = MAPPER.readTree(parser);
      if (node == null || node.isMissingNode()) {
        throw new BadInputException("%s: empty, expected JSON".formatted(source));
      }
      if (parser.nextToken() != null) {
        throw new BadInputException(source + ": not valid JSON: there is text after its end");
      }
      return node;
    } catch (JacksonException e) {
      throw invalid(source, e);
    }
  }

  /**
   * A parser for reading a document piece by piece.
   *
   * @throws BadInputException if it is not text in UTF-8
   */
  public static JsonParser parser(byte[] bytes, String source) {
    String problem = Utf8.problem(bytes);
    if (!problem.isEmpty()) {
      throw new BadInputException(
          "%s: not valid JSON: %s, expected UTF-8".formatted(source, problem));
    }
    return MAPPER.createParser(bytes);
  }

  /** What to throw for a parser's error. */
  public static BadInputException invalid(String source, JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String where =
        at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    return new BadInputException(
        "%s: not valid JSON%s: %s".formatted(source, where, Quoted.line(e.getOriginalMessage())),
        e);
  }

  private static void requireSize(long bytes, String source) {
    if (bytes > MAX_BYTES) {
      throw new BadInputException(
          "%s: %,d bytes is more than a JSON file may have (%,d)"
              .formatted(source, bytes, MAX_BYTES));
    }
  }
}
