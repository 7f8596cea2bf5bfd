package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.AtomicFile;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.DType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Writes safetensors files byte for byte as the safetensors library does. */
final class SafeTensorsWriter {
  /** The library's order of types: those with the strictest alignment first. */
  private static final List<DType> ORDER =
      List.of(
          DType.U64,
          DType.I64,
          DType.F64,
          DType.F32,
          DType.U32,
          DType.I32,
          DType.BF16,
          DType.F16,
          DType.U16,
          DType.I16,
          DType.F8_E4M3,
          DType.F8_E5M2,
          DType.I8,
          DType.U8,
          DType.BOOL);

  /** By the bytes of UTF-8, which differs from {@link String#compareTo} beyond the BMP. */
  private static final Comparator<String> BY_UTF8 =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private SafeTensorsWriter() {}

  static void write(Path file, Collection<StoredTensor> tensors, Map<String, String> metadata) {
    checkNames(tensors);
    List<StoredTensor> sorted =
        tensors.stream()
            .sorted(
                Comparator.comparingInt((StoredTensor t) -> ORDER.indexOf(t.dtype()))
                    .thenComparing(StoredTensor::name, BY_UTF8))
            .toList();
    byte[] header = header(sorted, metadata);
    if (header.length > SafeTensors.MAX_HEADER) {
      throw new BadInputException(
          "%s: names and metadata take a header of %d bytes, the format allows %d"
              .formatted(file, header.length, SafeTensors.MAX_HEADER));
    }
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array();
    AtomicFile.write(
        file,
        channel -> {
          Bytes.write(channel, length);
          Bytes.write(channel, header);
          for (StoredTensor tensor : sorted) {
            Bytes.write(channel, tensor.data());
          }
        });
  }

  private static void checkNames(Collection<StoredTensor> tensors) {
    Set<String> names = new HashSet<>();
    for (StoredTensor tensor : tensors) {
      if (tensor.name().equals(SafeTensorsHeader.METADATA)) {
        throw new IllegalArgumentException("a tensor cannot be called " + tensor.name());
      }
      if (!names.add(tensor.name())) {
        throw new IllegalArgumentException("two tensors are called " + tensor.name());
      }
    }
  }

  private static byte[] header(List<StoredTensor> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.mapper().createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectPropertyStart(SafeTensorsHeader.METADATA);
        new TreeMap<>(metadata).forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      long begin = 0;
      for (StoredTensor tensor : tensors) {
        long end = begin + tensor.data().byteSize();
        json.writeObjectPropertyStart(tensor.name());
        json.writeStringProperty("dtype", tensor.dtype().name());
        writeNumbers(json, "shape", tensor.shape());
        writeNumbers(json, "data_offsets", List.of(begin, end));
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    // Spaces up to a multiple of 8 keep the data aligned when the file is mapped.
    while (out.size() % Long.BYTES != 0) {
      out.write(' ');
    }
    return out.toByteArray();
  }

  private static void writeNumbers(JsonGenerator json, String name, List<Long> numbers) {
    json.writeArrayPropertyStart(name);
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }
}
