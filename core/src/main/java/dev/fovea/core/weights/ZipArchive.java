package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive in mapped memory. Stored content is a view of the file. Deflated content, which no
 * version of PyTorch writes but a repacked archive has, is inflated within a bound.
 */
final class ZipArchive {
  private static final int LOCAL = 0x04034b50;

  /** No deflated stream grows by more. */
  private static final long DEFLATE_RATIO = 1032;

  /** All inflated content together may be this many times the file. */
  private static final long INFLATED_RATIO = 16;

  private final MemorySegment content;
  private final String file;
  private final Map<String, ZipEntry> entries;
  private final Map<String, Long> starts;
  private long inflatable;

  private ZipArchive(
      MemorySegment content, String file, Map<String, ZipEntry> entries, Map<String, Long> starts) {
    this.content = content;
    this.file = file;
    this.entries = Collections.unmodifiableMap(entries);
    this.starts = starts;
    this.inflatable = Math.multiplyExact(INFLATED_RATIO, content.byteSize()) + (1 << 20);
  }

  /**
   * Reads the directory and checks every entry's local header against it, and that no two entries
   * share bytes.
   *
   * @throws BadInputException if the archive is damaged or contradicts itself
   */
  static ZipArchive open(MemorySegment content, String file) {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    Map<String, Long> starts = new LinkedHashMap<>();
    List<ZipEntry> inOrder =
        ZipDirectory.read(content, file).stream()
            .sorted(Comparator.comparingLong(ZipEntry::headerOffset))
            .toList();
    long end = 0;
    String previous = "";
    for (ZipEntry entry : inOrder) {
      if (entry.headerOffset() < end) {
        throw new BadInputException(
            "%s: damaged zip archive: entries %s and %s overlap"
                .formatted(file, Quoted.of(previous), Quoted.of(entry.name())));
      }
      long start = checkedLocalHeader(content, file, entry);
      end = start + entry.packedSize();
      previous = entry.name();
      entries.put(entry.name(), entry);
      starts.put(entry.name(), start);
    }
    return new ZipArchive(content, file, entries, starts);
  }

  /** The entries in the order of the file. */
  Collection<ZipEntry> entries() {
    return entries.values();
  }

  Optional<ZipEntry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** An entry's content: a view of the file where it is stored, inflated otherwise. */
  MemorySegment content(ZipEntry entry, Arena arena) {
    long start = starts.getOrDefault(entry.name(), 0L);
    MemorySegment packed = content.asSlice(start, entry.packedSize());
    return entry.method() == ZipEntry.STORED ? packed : inflate(entry, packed, arena);
  }

  /**
   * The content of a small entry, checked against its checksum.
   *
   * @throws BadInputException if it is larger than {@code most} bytes, or damaged
   */
  MemorySegment checkedContent(ZipEntry entry, long most, Arena arena) {
    if (entry.size() > most) {
      throw new BadInputException(
          "%s: entry %s has %d bytes, more than the %d that are read"
              .formatted(file, Quoted.of(entry.name()), entry.size(), most));
    }
    MemorySegment bytes = content(entry, arena);
    requireCrc(entry, bytes);
    return bytes;
  }

  private void requireCrc(ZipEntry entry, MemorySegment bytes) {
    CRC32 crc = new CRC32();
    long step = 1 << 30;
    for (long at = 0; at < bytes.byteSize(); at += step) {
      crc.update(bytes.asSlice(at, Math.min(step, bytes.byteSize() - at)).asByteBuffer());
    }
    // PyTorch can be told to leave checksums out.
    if (entry.crc() != 0 && entry.crc() != crc.getValue()) {
      throw new BadInputException(
          "%s: entry %s does not match its checksum; the file is damaged, download it again"
              .formatted(file, Quoted.of(entry.name())));
    }
  }

  private MemorySegment inflate(ZipEntry entry, MemorySegment packed, Arena arena) {
    if (entry.size() > inflatable || entry.size() / DEFLATE_RATIO > entry.packedSize()) {
      throw new BadInputException(
          "%s: entry %s would inflate from %d to %d bytes; this looks like a zip bomb, not weights"
              .formatted(file, Quoted.of(entry.name()), entry.packedSize(), entry.size()));
    }
    inflatable -= entry.size();
    MemorySegment out = arena.allocate(Math.max(entry.size(), 1), 8).asSlice(0, entry.size());
    Inflater inflater = new Inflater(true);
    try {
      long written = 0;
      long read = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          if (read == packed.byteSize()) {
            break;
          }
          long more = Math.min(packed.byteSize() - read, 1 << 20);
          inflater.setInput(packed.asSlice(read, more).asByteBuffer());
          read += more;
        }
        long room = Math.min(out.byteSize() - written, 1 << 20);
        int count = inflater.inflate(out.asSlice(written, room).asByteBuffer());
        written += count;
        if (count == 0 && !inflater.finished() && !inflater.needsInput()) {
          break;
        }
      }
      if (!inflater.finished() || written != out.byteSize()) {
        throw new BadInputException(
            "%s: entry %s does not inflate to the %d bytes that are claimed; the file is damaged"
                .formatted(file, Quoted.of(entry.name()), entry.size()));
      }
    } catch (DataFormatException e) {
      throw new BadInputException(
          "%s: entry %s cannot be inflated (%s); the file is damaged"
              .formatted(file, Quoted.of(entry.name()), e.getMessage()),
          e);
    } finally {
      inflater.end();
    }
    requireCrc(entry, out);
    return out;
  }

  /** The first byte of an entry's content, after its local header agreed with the directory. */
  private static long checkedLocalHeader(MemorySegment content, String file, ZipEntry entry) {
    LittleEndian in = new LittleEndian(content, file, entry.headerOffset());
    if (in.remaining() < 30 || in.i32() != LOCAL) {
      throw contradiction(file, entry, "has no local header at " + entry.headerOffset());
    }
    in.skip(2);
    int flags = in.u16();
    int method = in.u16();
    in.skip(4);
    long crc = in.u32();
    long packedSize = in.u32();
    long size = in.u32();
    int nameLength = in.u16();
    int extraLength = in.u16();
    String name = new String(in.bytes(nameLength), StandardCharsets.UTF_8);
    in.skip(extraLength);
    if (!name.equals(entry.name())) {
      throw contradiction(file, entry, "is called %s at its place".formatted(Quoted.of(name)));
    }
    if (method != entry.method() || (flags & 1) != 0) {
      throw contradiction(file, entry, "is packed in another way than the directory says");
    }
    boolean sizesFollow = (flags & ZipEntry.SIZES_FOLLOW) != 0 && entry.sizesFollow();
    boolean same =
        agrees(crc, entry.crc(), sizesFollow)
            && agrees(packedSize, entry.packedSize(), sizesFollow)
            && agrees(size, entry.size(), sizesFollow);
    if (!same) {
      throw contradiction(file, entry, "has other sizes or another checksum at its place");
    }
    if (entry.packedSize() > content.byteSize() - in.position()) {
      throw contradiction(
          file,
          entry,
          "claims %d bytes at %d, the file has %d"
              .formatted(entry.packedSize(), in.position(), content.byteSize()));
    }
    return in.position();
  }

  private static boolean agrees(long local, long central, boolean mayBeZero) {
    return local == central || local == 0xffff_ffffL || (mayBeZero && local == 0);
  }

  private static BadInputException contradiction(String file, ZipEntry entry, String problem) {
    return new BadInputException(
        "%s: damaged zip archive: entry %s %s".formatted(file, Quoted.of(entry.name()), problem));
  }
}
