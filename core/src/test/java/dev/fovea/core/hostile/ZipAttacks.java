package dev.fovea.core.hostile;

import dev.fovea.core.weights.WeightFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Attacks on the zip archive around a pickle: its directory, its headers, its names, its size. */
final class ZipAttacks {
  private static final String FILE = "model.pt";

  private final List<Attack> attacks = new ArrayList<>();

  private ZipAttacks() {}

  static List<Attack> all() {
    ZipAttacks all = new ZipAttacks();
    all.endRecord();
    all.zip64();
    all.directory();
    all.localHeaders();
    all.names();
    all.bombs();
    all.archive();
    return all.attacks;
  }

  private void endRecord() {
    byte[] good = TorchArchive.of(TorchArchive.goodPickle());
    file(
        "zip-cut",
        "an archive whose end was not downloaded",
        Arrays.copyOf(good, 200),
        "directory is missing");
    file("zip-start-only", "the first four bytes", Attack.utf8("PK\3\4"), "directory is missing");
    file(
        "zip-front-missing",
        "an archive without its start",
        tail(good),
        "not a file of torch.save");
    file(
        "zip-text-after",
        "text behind the archive that no comment covers",
        new ByteBuilder().bytes(good).text("more").build(),
        "directory is missing");
    end("zip-count-more", "more entries than there are", e -> e.count++, "no directory entry");
    end("zip-count-less", "less entries than there are", e -> e.count--, "beyond its 3 entries");
    end("zip-count-max", "65,535 entries", e -> e.count = 0xffff, "cannot hold 65535 entries");
    end(
        "zip-offset-beyond",
        "a directory behind the file",
        e -> e.offset = 0xfffffff0L,
        "is said to be");
    end("zip-size-beyond", "a directory of 4 GB", e -> e.size = 0xfffffff0L, "is said to be");
    end("zip-offset-zero", "a directory at the start", e -> e.offset = 0, "is said to be");
    end("zip-volumes", "one of several volumes", e -> e.disk = 3, "several volumes");
    end(
        "zip-second-end",
        "a comment that holds another end record",
        e -> e.comment = new ByteBuilder().u32(0x06054b50).bytes(new byte[18]).build(),
        "is said to be 0 bytes");
    end(
        "zip-comment",
        "a directory that is followed by something else",
        e -> e.before = new byte[100],
        "but ends at");
  }

  private void zip64() {
    zip64("zip64-far", "a locator that points behind the file", 1L << 40, e -> {}, "truncated");
    zip64("zip64-negative", "a locator that points before the file", -1, e -> {}, "truncated");
    zip64(
        "zip64-elsewhere",
        "a locator that points at something else",
        0,
        e -> {},
        "no zip64 record");
    zip64("zip64-count", "another count in the zip64 record", -2, e -> e.count++, "contradict");
    zip64("zip64-offset", "another offset in the zip64 record", -2, e -> e.offset++, "contradict");
    entry(
        "zip64-no-sizes",
        "sizes that should be in a zip64 field and are not",
        e -> e.size = 0xffffffffL,
        "lacks its zip64 sizes");
    entry(
        "zip64-short-field",
        "a zip64 field that is too short",
        e -> {
          e.size = 0xffffffffL;
          e.extra = new ByteBuilder().u16(1).u16(4).u32(16).build();
        },
        "truncated");
    entry(
        "zip64-field-beyond",
        "a zip64 field longer than all fields",
        e -> {
          e.size = 0xffffffffL;
          e.extra = new ByteBuilder().u16(1).u16(400).u64(16).build();
        },
        "truncated");
    entry(
        "zip64-negative-size",
        "a size beyond 63 bits",
        e -> {
          e.size = 0xffffffffL;
          e.extra = new ByteBuilder().u16(1).u16(8).u64(-16).build();
        },
        "beyond 63 bits");
  }

  private void directory() {
    entry(
        "zip-entry-signature",
        "an entry without its mark",
        e -> e.centralSignature = 0,
        "no directory entry");
    entry("zip-entry-encrypted", "an encrypted entry", e -> e.flags = 1, "is encrypted");
    entry("zip-entry-method", "an unknown way of packing", e -> e.method = 99, "method 99");
    entry("zip-entry-volume", "an entry on another volume", e -> e.disk = 7, "several volumes");
    entry(
        "zip-stored-sizes", "a stored entry of two sizes", e -> e.size = 17, "for a content of 17");
    entry(
        "zip-offset-far",
        "an entry behind the file",
        e -> e.offset = 0x7fffffff,
        "no local header at");
    entry("zip-offset-odd", "an entry in the middle of another", e -> e.offset = 7, "overlap");
    entry("zip-offset-shared", "two entries in one place", e -> e.offset = 0, "overlap");
  }

  private void localHeaders() {
    entry(
        "zip-local-signature",
        "a local header without its mark",
        e -> e.signature = 0,
        "no local header");
    entry(
        "zip-local-name",
        "another name in the local header",
        e -> e.localName = Attack.utf8("archive/data/1"),
        "is called 'archive/data/1'");
    entry(
        "zip-local-method",
        "another way of packing there",
        e -> e.localMethod = 8,
        "in another way");
    entry("zip-local-size", "another size there", e -> e.localSize = 8, "other sizes");
    entry(
        "zip-content-beyond",
        "an entry that ends behind the file",
        e -> {
          e.packedSize = 1 << 20;
          e.size = 1 << 20;
          e.localSize = 1 << 20;
        },
        "claims 1048576 bytes");
    entry(
        "zip-content-over-next",
        "an entry that covers the next one",
        e -> {
          e.packedSize = 40;
          e.size = 40;
          e.localSize = 40;
        },
        "overlap");
  }

  private void names() {
    name(
        "zip-name-parent",
        "a name that leaves the archive",
        "archive/data/../../x",
        "leaves the archive");
    name("zip-name-absolute", "an absolute name", "/etc/passwd", "leaves the archive");
    name(
        "zip-name-backslash",
        "a name as Windows writes it",
        "archive\\data\\0",
        "leaves the archive");
    name("zip-name-drive", "a drive", "c:x", "leaves the archive");
    name("zip-name-zero", "a name with a zero byte", "archive/data/0\0x", "leaves the archive");
    name("zip-name-empty", "no name", "", "leaves the archive");
    name("zip-name-twice", "two entries of one name", "archive/data.pkl", "two entries are called");
    entry(
        "zip-name-bytes",
        "a name that is not UTF-8",
        e -> {
          e.name = "archive/d\u00e9".getBytes(StandardCharsets.ISO_8859_1);
          e.localName = e.name;
        },
        "not UTF-8");
  }

  private void bombs() {
    deflated(
        "zip-bomb-storage",
        "a storage that inflates from 10 KB to 10 MB",
        new byte[10 << 20],
        10 << 18,
        e -> {},
        "zip bomb");
    deflated(
        "zip-bomb-claim",
        "a storage that claims more than deflate can give",
        new byte[16],
        1 << 18,
        e -> claimed(e, 1 << 20),
        "zip bomb");
    deflated(
        "zip-inflate-more",
        "a storage that inflates to more than it claims",
        new byte[64],
        4,
        e -> claimed(e, 16),
        "does not inflate to the 16");
    deflated(
        "zip-inflate-less",
        "a storage that inflates to less than it claims",
        new byte[16],
        16,
        e -> claimed(e, 64),
        "does not inflate to the 64");
    deflated(
        "zip-inflate-cut",
        "a packed storage that was cut off",
        Attack.utf8("sixteen letters."),
        4,
        ZipAttacks::cut,
        "does not inflate to the 16");
    deflated(
        "zip-inflate-bad",
        "a packed storage of nonsense",
        new byte[16],
        4,
        e -> Arrays.fill(e.packed, (byte) 0xff),
        "cannot be inflated");
    deflated(
        "zip-inflate-checksum",
        "a packed storage that was changed",
        new byte[16],
        4,
        e -> e.crc ^= 1,
        "does not match its checksum");
    byte[] large = new byte[(32 << 20) + 1];
    file(
        "zip-pickle-bomb",
        "a pickle that inflates to 32 MB",
        new ZipWriter().add("archive/data.pkl", large, ZipWriter::deflate).build(),
        "more than the 33554432 that are read");
  }

  private void archive() {
    file(
        "zip-no-pickle",
        "an archive of something else",
        new ZipWriter().add("a.txt", new byte[3]).build(),
        "without FOLDER/data.pkl");
    file(
        "zip-nothing",
        "an archive of nothing, behind a mark",
        new ByteBuilder().text("PK\3\4").bytes(new ZipWriter().build()).build(),
        "");
    file(
        "zip-two-pickles",
        "two pickles to choose from",
        TorchArchive.with(TorchArchive.goodPickle())
            .add("other/data.pkl", TorchArchive.goodPickle())
            .build(),
        "several data.pkl");
    file(
        "zip-big-endian",
        "numbers in the other byte order",
        new ZipWriter()
            .add("archive/data.pkl", TorchArchive.goodPickle())
            .add("archive/byteorder", Attack.utf8("big"))
            .add("archive/data/0", new byte[16])
            .build(),
        "byte order 'big'");
    file(
        "zip-checksum",
        "a pickle that was changed",
        new ZipWriter()
            .add("archive/data.pkl", TorchArchive.goodPickle(), e -> e.crc ^= 1)
            .add("archive/data/0", new byte[16])
            .build(),
        "does not match its checksum");
    file(
        "zip-script-code",
        "a TorchScript module made with arguments",
        TorchArchive.with(
                PickleWriter.protocol2()
                    .global("__torch__.m", "Net")
                    .op('K', 1)
                    .op(0x85)
                    .op(0x81)
                    .stop())
            .add("archive/constants.pkl", new byte[0])
            .build(),
        "makes an object of '__torch__.m.Net'");
    file(
        "zip-script-two-lines",
        "a module whose class forges a second line of output",
        TorchArchive.with(
                PickleWriter.protocol2().global("__torch__.m", "N\rOK").op('N').op('a').stop())
            .add("archive/constants.pkl", new byte[0])
            .build(),
        "appends to '__torch__.m.N\\u000dOK'");
    file(
        "zip-script-torch",
        "a name that only starts like a TorchScript class",
        TorchArchive.with(PickleWriter.protocol2().global("__torch__evil", "Net").stop())
            .add("archive/constants.pkl", new byte[0])
            .build(),
        "asks for '__torch__evil.Net'");
  }

  private static void claimed(ZipWriter.Entry entry, long size) {
    entry.size = size;
    entry.localSize = size;
  }

  private static void cut(ZipWriter.Entry entry) {
    entry.packed = Arrays.copyOf(entry.packed, entry.packed.length - 4);
    entry.packedSize = entry.packed.length;
  }

  private static byte[] tail(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 40, bytes.length);
  }

  private void end(String name, String what, Consumer<ZipWriter.End> change, String message) {
    file(name, what, TorchArchive.with(TorchArchive.goodPickle()).end(change).build(), message);
  }

  /**
   * An archive with a zip64 record.
   *
   * @param locator where its locator points; -2 for where it is
   */
  private void zip64(
      String name, String what, long locator, Consumer<ZipWriter.End> change, String message) {
    Consumer<ZipWriter.End> record =
        end -> {
          ZipWriter.End far = new ZipWriter.End();
          far.count = end.count;
          far.size = end.size;
          far.offset = end.offset;
          change.accept(far);
          long at = end.offset + end.size;
          end.before =
              new ByteBuilder()
                  .u32(0x06064b50)
                  .u64(44)
                  .u16(45)
                  .u16(45)
                  .u32(0)
                  .u32(0)
                  .u64(far.count)
                  .u64(far.count)
                  .u64(far.size)
                  .u64(far.offset)
                  .u32(0x07064b50)
                  .u32(0)
                  .u64(locator == -2 ? at : locator)
                  .u32(1)
                  .build();
        };
    end(name, what, record, message);
  }

  private void entry(String name, String what, Consumer<ZipWriter.Entry> change, String message) {
    file(
        name,
        what,
        new ZipWriter()
            .add("archive/data.pkl", TorchArchive.goodPickle())
            .add("archive/data/0", new byte[16], change)
            .add("archive/version", Attack.utf8("3\n"))
            .build(),
        message);
  }

  private void name(String name, String what, String entry, String message) {
    file(
        name,
        what,
        TorchArchive.with(TorchArchive.goodPickle()).add(entry, new byte[4]).build(),
        message);
  }

  private void deflated(
      String name,
      String what,
      byte[] content,
      long elements,
      Consumer<ZipWriter.Entry> change,
      String message) {
    file(
        name,
        what,
        new ZipWriter()
            .add("archive/data.pkl", TorchArchive.pickle(elements))
            .add("archive/data/0", content, e -> change.accept(packed(e)))
            .build(),
        message);
  }

  private static ZipWriter.Entry packed(ZipWriter.Entry entry) {
    ZipWriter.deflate(entry);
    return entry;
  }

  private void file(String name, String what, byte[] content, String message) {
    attacks.add(Attack.of(name, what, FILE, content, WeightFiles::open, message));
  }
}
