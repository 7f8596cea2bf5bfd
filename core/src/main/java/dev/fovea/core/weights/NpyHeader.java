package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The header of a .npy file: a magic number, a version, a length, and a Python dictionary of the
 * element type, the order of dimensions and the shape.
 *
 * <p>Source: the format description in {@code numpy/lib/format.py}.
 *
 * @param length bytes of the header; the elements follow
 */
record NpyHeader(DType dtype, List<Long> shape, long length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST = 1 << 16;
  private static final int ALIGNMENT = 64;

  /** Digits of the longest first dimension, so that a file can grow without moving its elements. */
  private static final int GROWTH = 21;

  private static final Map<DType, String> DESCRIPTIONS =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(DType.F64, "<f8"),
              Map.entry(DType.F32, "<f4"),
              Map.entry(DType.F16, "<f2"),
              Map.entry(DType.I64, "<i8"),
              Map.entry(DType.I32, "<i4"),
              Map.entry(DType.I16, "<i2"),
              Map.entry(DType.I8, "|i1"),
              Map.entry(DType.U64, "<u8"),
              Map.entry(DType.U32, "<u4"),
              Map.entry(DType.U16, "<u2"),
              Map.entry(DType.U8, "|u1"),
              Map.entry(DType.BOOL, "|b1")));

  /**
   * Reads and checks the header of a file.
   *
   * @throws BadInputException if it is damaged, or describes elements that are not read
   */
  static NpyHeader parse(MemorySegment content, String file) {
    LittleEndian in = new LittleEndian(content, file, 0);
    if (in.remaining() < MAGIC.length + 4
        || in.slice(MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) != -1) {
      throw new BadInputException("%s: not a .npy file%s".formatted(file, LooksLike.hint(content)));
    }
    int major = in.u8();
    int minor = in.u8();
    if (major < 1 || major > 3 || minor != 0) {
      throw new BadInputException(
          "%s: version %d.%d of the .npy format, expected 1.0, 2.0 or 3.0"
              .formatted(file, major, minor));
    }
    long length = major == 1 ? in.u16() : in.u32();
    if (length > LONGEST) {
      throw new BadInputException(
          "%s: a .npy header of %d bytes, more than the %d that are read"
              .formatted(file, length, LONGEST));
    }
    String text = new String(in.bytes(length), StandardCharsets.UTF_8);
    PythonLiteral literal = new PythonLiteral(text, file + ": .npy header");
    Map<String, Object> fields = literal.dictionary();
    if (!fields.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
      throw new BadInputException(
          "%s: .npy header has %s, expected descr, fortran_order and shape"
              .formatted(file, Quoted.of(String.join(", ", fields.keySet()))));
    }
    if (!Boolean.FALSE.equals(fields.get("fortran_order"))) {
      throw new BadInputException(
          "%s: columns come first (fortran_order); save it with numpy.ascontiguousarray"
              .formatted(file));
    }
    return new NpyHeader(
        dtype(fields.getOrDefault("descr", ""), file),
        shape(fields.getOrDefault("shape", ""), file),
        in.position());
  }

  private static DType dtype(Object description, String file) {
    for (Map.Entry<DType, String> entry : DESCRIPTIONS.entrySet()) {
      if (entry.getValue().equals(description)) {
        return entry.getKey();
      }
    }
    throw new BadInputException(
        "%s: elements of type %s, expected one of %s"
            .formatted(
                file,
                Quoted.of(String.valueOf(description)),
                DESCRIPTIONS.values().stream().sorted().collect(Collectors.joining(", "))));
  }

  private static List<Long> shape(Object value, String file) {
    if (!(value instanceof List<?> items) || items.size() > 32) {
      throw new BadInputException("%s: .npy shape is not a tuple of sizes".formatted(file));
    }
    return items.stream()
        .map(
            item -> {
              if (item instanceof Long size) {
                return size;
              }
              throw new BadInputException("%s: .npy shape is not a tuple of sizes".formatted(file));
            })
        .toList();
  }

  /** A header for elements of this type and shape. */
  static byte[] encode(DType dtype, List<Long> shape) {
    String description = DESCRIPTIONS.get(dtype);
    if (description == null) {
      throw new IllegalArgumentException("the .npy format has no type for " + dtype);
    }
    String sizes = shape.stream().map(size -> size + ", ").collect(Collectors.joining());
    String trimmed = shape.size() > 1 ? sizes.substring(0, sizes.length() - 2) : sizes.strip();
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(description, trimmed);
    int spare = shape.isEmpty() ? 0 : GROWTH - Long.toString(shape.getFirst()).length();
    int unpadded = MAGIC.length + 4 + text.length() + spare + 1;
    int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - MAGIC.length - 4));
    out.put(text.getBytes(StandardCharsets.US_ASCII));
    while (out.remaining() > 1) {
      out.put((byte) ' ');
    }
    return out.put((byte) '\n').array();
  }
}
