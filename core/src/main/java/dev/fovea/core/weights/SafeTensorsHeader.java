package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The JSON header of a safetensors file. It is read as a stream, so that a hostile header costs
 * memory in proportion to its size; every entry is checked on its own here, and the entries against
 * each other in {@link SafeTensorsLayout}.
 */
final class SafeTensorsHeader {
  static final String METADATA = "__metadata__";

  private static final int MAX_RANK = 32;
  private static final Set<String> DTYPES_NOT_READ =
      Set.of("F4", "F6_E2M3", "F6_E3M2", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "C64");

  private final String file;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafeTensorsHeader(String file) {
    this.file = file;
  }

  /**
   * What the header says of one tensor.
   *
   * @param begin first byte, counted from the end of the header
   * @param end byte after the last
   */
  record Entry(String name, DType dtype, List<Long> shape, long begin, long end) {}

  /** Reads a header; {@code file} names it in errors. */
  static SafeTensorsHeader parse(byte[] json, String file) {
    SafeTensorsHeader header = new SafeTensorsHeader(file);
    if (json.length == 0 || json[0] != '{') {
      throw header.fail(
          "the header must start with '{', found "
              + (json.length == 0 ? "nothing" : "byte 0x%02x".formatted(json[0])));
    }
    String source = file + ": header";
    try (JsonParser parser = Json.parser(json, source)) {
      header.readAll(parser);
    } catch (JacksonException e) {
      throw Json.invalid(source, e);
    }
    return header;
  }

  /** The entries in the order of the header. */
  List<Entry> entries() {
    return entries;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void readAll(JsonParser parser) {
    parser.nextToken();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(METADATA)) {
        readMetadata(parser, value);
      } else {
        entries.add(readEntry(parser, name, value));
      }
    }
    if (parser.nextToken() != null) {
      throw fail("there is text after the end of the header's JSON");
    }
  }

  private void readMetadata(JsonParser parser, JsonToken first) {
    if (first != JsonToken.START_OBJECT) {
      throw fail(METADATA + " must be an object of strings, found " + JsonTokens.describe(first));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_STRING) {
        throw fail(
            "%s.%s must be a string, found %s"
                .formatted(METADATA, Quoted.of(key), JsonTokens.describe(value)));
      }
      metadata.put(key, parser.getString());
    }
  }

  private Entry readEntry(JsonParser parser, String name, JsonToken first) {
    if (first != JsonToken.START_OBJECT) {
      throw failOn(
          name,
          "its entry must be an object with dtype, shape and data_offsets, found "
              + JsonTokens.describe(first));
    }
    Optional<DType> dtype = Optional.empty();
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> offsets = Optional.empty();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "dtype" -> dtype = Optional.of(readDType(parser, name, value));
        case "shape" -> shape = Optional.of(readSizes(parser, name, key, value, MAX_RANK));
        case "data_offsets" -> offsets = Optional.of(readSizes(parser, name, key, value, 2));
        default -> throw failOn(name, "unknown field %s".formatted(Quoted.of(key)));
      }
    }
    List<Long> range = offsets.orElseThrow(() -> failOn(name, "data_offsets is missing"));
    if (range.size() != 2) {
      throw failOn(name, "data_offsets must be two numbers, begin and end, found " + range.size());
    }
    return checked(
        new Entry(
            name,
            dtype.orElseThrow(() -> failOn(name, "dtype is missing")),
            shape.orElseThrow(() -> failOn(name, "shape is missing")),
            range.get(0),
            range.get(1)));
  }

  private Entry checked(Entry entry) {
    if (entry.begin() > entry.end()) {
      throw failOn(
          entry.name(),
          "data_offsets [%d, %d] end before they begin".formatted(entry.begin(), entry.end()));
    }
    long bytes;
    try {
      bytes = entry.dtype().byteSize();
      long elements = 1;
      for (long size : entry.shape()) {
        elements = Math.multiplyExact(elements, size);
      }
      bytes = Math.multiplyExact(bytes, elements);
    } catch (ArithmeticException e) {
      throw new BadInputException(
          "%s: tensor %s: %s of shape %s overflows 64 bits; the file is damaged or hostile"
              .formatted(file, Quoted.of(entry.name()), entry.dtype(), entry.shape()),
          e);
    }
    if (entry.end() - entry.begin() != bytes) {
      throw failOn(
          entry.name(),
          "%s of shape %s takes %d bytes, but data_offsets [%d, %d] span %d"
              .formatted(
                  entry.dtype(),
                  entry.shape(),
                  bytes,
                  entry.begin(),
                  entry.end(),
                  entry.end() - entry.begin()));
    }
    return entry;
  }

  private DType readDType(JsonParser parser, String name, JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      throw failOn(name, "dtype must be a string, found " + JsonTokens.describe(value));
    }
    String text = parser.getString();
    return DType.byName(text)
        .orElseThrow(
            () ->
                failOn(
                    name,
                    DTYPES_NOT_READ.contains(text)
                        ? "dtype %s is not supported; convert the file to F32, F16 or BF16"
                            .formatted(text)
                        : "unknown dtype %s, expected one of %s"
                            .formatted(Quoted.of(text), List.of(DType.values()))));
  }

  private List<Long> readSizes(
      JsonParser parser, String name, String key, JsonToken first, int most) {
    if (first != JsonToken.START_ARRAY) {
      throw failOn(
          name,
          "%s must be a list of numbers, found %s".formatted(key, JsonTokens.describe(first)));
    }
    List<Long> sizes = new ArrayList<>(4);
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_NUMBER_INT) {
        throw failOn(
            name,
            "%s must hold whole numbers, found %s".formatted(key, JsonTokens.describe(token)));
      }
      String text = parser.getString();
      if (text.startsWith("-")) {
        throw failOn(name, "%s holds a negative number, %s".formatted(key, Quoted.of(text)));
      }
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        throw failOn(name, "%s holds %s, which overflows 64 bits".formatted(key, Quoted.of(text)));
      }
      if (sizes.size() == most) {
        throw failOn(name, "%s has more than %d numbers".formatted(key, most));
      }
      sizes.add(parser.getLongValue());
    }
    return List.copyOf(sizes);
  }

  private BadInputException fail(String problem) {
    return new BadInputException("%s: %s".formatted(file, problem));
  }

  private BadInputException failOn(String tensor, String problem) {
    return new BadInputException("%s: tensor %s: %s".formatted(file, Quoted.of(tensor), problem));
  }
}
