package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the central directory of a zip archive.
 *
 * <p>Source: PKWARE's APPNOTE, sections 4.3.12 to 4.3.16 and 4.5.3 (zip64).
 */
final class ZipDirectory {
  private static final int ENTRY = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int END_64_LOCATOR = 0x07064b50;
  private static final int END_SIZE = 22;
  private static final int LOCATOR_SIZE = 20;
  private static final int ENTRY_SIZE = 46;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final long IN_ZIP64 = 0xffff_ffffL;
  private static final int ENCRYPTED = 1;

  private final MemorySegment content;
  private final String file;

  private ZipDirectory(MemorySegment content, String file) {
    this.content = content;
    this.file = file;
  }

  /**
   * Where the directory lies.
   *
   * @param end the first byte after it that is not its own
   */
  private record Extent(long offset, long size, long count, long end) {}

  /** The entries in the order of the directory; no two have one name. */
  static List<ZipEntry> read(MemorySegment content, String file) {
    return new ZipDirectory(content, file).read();
  }

  private List<ZipEntry> read() {
    Extent extent = extent();
    if (extent.offset() < 0
        || extent.size() < 0
        || extent.offset() > extent.end()
        || extent.size() != extent.end() - extent.offset()) {
      throw fail(
          "its directory is said to be %s bytes at %s, but ends at %d"
              .formatted(
                  Long.toUnsignedString(extent.size()),
                  Long.toUnsignedString(extent.offset()),
                  extent.end()));
    }
    if (extent.count() < 0 || extent.count() > extent.size() / ENTRY_SIZE) {
      throw fail(
          "its directory of %d bytes cannot hold %s entries"
              .formatted(extent.size(), Long.toUnsignedString(extent.count())));
    }
    LittleEndian in = at(extent.offset());
    List<ZipEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < extent.count(); i++) {
      ZipEntry entry = entry(in);
      if (!names.add(entry.name())) {
        throw fail("two entries are called %s".formatted(Quoted.of(entry.name())));
      }
      entries.add(entry);
    }
    if (in.position() != extent.end()) {
      throw fail(
          "its directory holds %d bytes beyond its %d entries"
              .formatted(extent.end() - in.position(), extent.count()));
    }
    return entries;
  }

  private Extent extent() {
    long end = endRecord();
    LittleEndian in = at(end + 4);
    int disk = in.u16();
    int directoryDisk = in.u16();
    long countHere = in.u16();
    long count = in.u16();
    long size = in.u32();
    long offset = in.u32();
    if (disk != directoryDisk || countHere != count || (disk != 0 && disk != 0xffff)) {
      throw fail("it is one of several volumes, which is not supported");
    }
    if (end >= LOCATOR_SIZE && at(end - LOCATOR_SIZE).i32() == END_64_LOCATOR) {
      return checkedAgainst(extent64(end - LOCATOR_SIZE), count, size, offset);
    }
    return new Extent(offset, size, count, end);
  }

  private Extent extent64(long locator) {
    LittleEndian in = at(locator + 4);
    long disk = in.u32();
    long record = in.i64();
    if (disk != 0 || in.u32() > 1) {
      throw fail("it is one of several volumes, which is not supported");
    }
    LittleEndian at = at(record);
    if (at.i32() != END_64) {
      throw fail(
          "no zip64 record at %s, where its locator points"
              .formatted(Long.toUnsignedString(record)));
    }
    long rest = at.i64();
    if (rest < 44 || rest != locator - at.position()) {
      throw fail(
          "its zip64 record of %s bytes does not end at its locator"
              .formatted(Long.toUnsignedString(rest)));
    }
    at.skip(4);
    long thisDisk = at.u32();
    long directoryDisk = at.u32();
    if (thisDisk != 0 || directoryDisk != 0) {
      throw fail("it is one of several volumes, which is not supported");
    }
    long countHere = at.i64();
    long count = at.i64();
    if (countHere != count) {
      throw fail("its zip64 record counts %d and %d entries".formatted(countHere, count));
    }
    long size = at.i64();
    return new Extent(at.i64(), size, count, record);
  }

  /** The short fields must repeat the long ones, or say that they cannot. */
  private Extent checkedAgainst(Extent extent, long count, long size, long offset) {
    if ((count != 0xffff && count != extent.count())
        || (size != IN_ZIP64 && size != extent.size())
        || (offset != IN_ZIP64 && offset != extent.offset())) {
      throw fail("its zip64 record and its end record contradict each other");
    }
    return extent;
  }

  /** The last record whose comment ends with the file. */
  private long endRecord() {
    long size = content.byteSize();
    long first = Math.max(0, size - END_SIZE - LONGEST_COMMENT);
    for (long start = size - END_SIZE; start >= first; start--) {
      if (at(start).i32() == END && at(start + 20).u16() == size - start - END_SIZE) {
        return start;
      }
    }
    throw fail("its directory is missing; the download was not completed, or it is no zip archive");
  }

  private ZipEntry entry(LittleEndian in) {
    long start = in.position();
    if (in.i32() != ENTRY) {
      throw fail("no directory entry at %d".formatted(start));
    }
    in.skip(4);
    int flags = in.u16();
    int method = in.u16();
    in.skip(4);
    long crc = in.u32();
    long packedSize = in.u32();
    long size = in.u32();
    int nameLength = in.u16();
    int extraLength = in.u16();
    int commentLength = in.u16();
    long disk = in.u16();
    in.skip(6);
    long offset = in.u32();
    String name = name(in.bytes(nameLength), start);
    LittleEndian extra = new LittleEndian(in.slice(extraLength), file, 0);
    in.skip(commentLength);
    if ((flags & ENCRYPTED) != 0) {
      throw fail("entry %s is encrypted".formatted(Quoted.of(name)));
    }
    if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
      throw fail(
          "entry %s is packed by method %d, expected 0 (stored) or 8 (deflated)"
              .formatted(Quoted.of(name), method));
    }
    if (packedSize == IN_ZIP64 || size == IN_ZIP64 || offset == IN_ZIP64) {
      LittleEndian long64 = zip64Field(extra, name);
      size = size == IN_ZIP64 ? long64.i64() : size;
      packedSize = packedSize == IN_ZIP64 ? long64.i64() : packedSize;
      offset = offset == IN_ZIP64 ? long64.i64() : offset;
    }
    if (disk != 0 && disk != 0xffff) {
      throw fail("it is one of several volumes, which is not supported");
    }
    if (size < 0 || packedSize < 0 || offset < 0) {
      throw fail("entry %s has a size or offset beyond 63 bits".formatted(Quoted.of(name)));
    }
    if (method == ZipEntry.STORED && size != packedSize) {
      throw fail(
          "entry %s is stored, but is said to take %d bytes for a content of %d"
              .formatted(Quoted.of(name), packedSize, size));
    }
    return new ZipEntry(name, flags, method, crc, packedSize, size, offset);
  }

  private LittleEndian zip64Field(LittleEndian extra, String name) {
    while (extra.remaining() >= 4) {
      int id = extra.u16();
      int length = extra.u16();
      MemorySegment field = extra.slice(length);
      if (id == 1) {
        return new LittleEndian(field, file, 0);
      }
    }
    throw fail("entry %s lacks its zip64 sizes".formatted(Quoted.of(name)));
  }

  private String name(byte[] utf8, long start) {
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new BadInputException(
          "%s: damaged zip archive: the entry at %d has a name that is not UTF-8"
              .formatted(file, start),
          e);
    }
    boolean plain =
        !name.isEmpty()
            && !name.startsWith("/")
            && name.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c));
    for (String part : name.split("/", -1)) {
      plain &= !part.equals("..") && !part.equals(".");
    }
    if (!plain) {
      throw fail("entry %s has a name that leaves the archive".formatted(Quoted.of(name)));
    }
    return name;
  }

  private LittleEndian at(long position) {
    return new LittleEndian(content, file, position);
  }

  private BadInputException fail(String problem) {
    return new BadInputException("%s: damaged zip archive: %s".formatted(file, problem));
  }
}
