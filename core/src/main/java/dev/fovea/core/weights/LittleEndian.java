package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads a file from front to back, every step checked against its end. */
final class LittleEndian {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;
  private final String file;
  private long position;

  /**
   * A reader.
   *
   * @param file what to call the segment in errors
   * @param position where to start; it may lie outside, then the first read fails
   */
  LittleEndian(MemorySegment segment, String file, long position) {
    this.segment = segment;
    this.file = file;
    this.position = position;
  }

  long position() {
    return position;
  }

  long remaining() {
    return segment.byteSize() - position;
  }

  int u8() {
    return segment.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xff;
  }

  int u16() {
    return segment.get(SHORT, advance(2)) & 0xffff;
  }

  int i32() {
    return segment.get(INT, advance(4));
  }

  long u32() {
    return i32() & 0xffff_ffffL;
  }

  /** Eight bytes; a value beyond the signed range reads as negative. */
  long i64() {
    return segment.get(LONG, advance(8));
  }

  /** A view of the next bytes. */
  MemorySegment slice(long length) {
    return segment.asSlice(advance(length), length);
  }

  /** A copy of the next bytes; only what is there is allocated. */
  byte[] bytes(long length) {
    MemorySegment slice = slice(length);
    if (length > Integer.MAX_VALUE - 8) {
      throw new BadInputException(
          "%s: %d bytes at %d are more than one value may have"
              .formatted(file, length, position - length));
    }
    return slice.toArray(ValueLayout.JAVA_BYTE);
  }

  /** A copy of bytes that were passed already. */
  byte[] bytesAt(long start, long length) {
    return segment.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE);
  }

  void skip(long length) {
    advance(length);
  }

  private long advance(long length) {
    if (position < 0 || length < 0 || length > segment.byteSize() - position) {
      throw new BadInputException(
          "%s: the file is truncated or damaged: %s bytes wanted at %s of %d"
              .formatted(
                  file,
                  Long.toUnsignedString(length),
                  Long.toUnsignedString(position),
                  segment.byteSize()));
    }
    long start = position;
    position += length;
    return start;
  }
}
