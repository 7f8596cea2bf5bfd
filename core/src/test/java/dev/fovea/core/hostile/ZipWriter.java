package dev.fovea.core.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes zip archives in which every field can be made to lie. */
final class ZipWriter {
  private final List<Entry> entries = new ArrayList<>();
  private Consumer<End> end = e -> {};

  /** One file; the central directory and the local header are written from the same fields. */
  static final class Entry {
    byte[] name;
    byte[] localName;
    byte[] packed;
    int flags;
    int method;
    int localMethod;
    long crc;
    long packedSize;
    long size;
    long localSize;
    long offset = -1;
    byte[] extra = {};
    int signature = 0x04034b50;
    int centralSignature = 0x02014b50;
    int disk;

    private Entry(String name, byte[] content) {
      CRC32 checksum = new CRC32();
      checksum.update(content);
      this.name = Attack.utf8(name);
      this.localName = this.name;
      this.packed = content;
      this.crc = checksum.getValue();
      this.packedSize = content.length;
      this.size = content.length;
      this.localSize = content.length;
    }
  }

  /** The record at the end. */
  static final class End {
    int disk;
    long count;
    long size;
    long offset;
    byte[] before = {};
    byte[] comment = {};
  }

  ZipWriter add(String name, byte[] content) {
    return add(name, content, entry -> {});
  }

  ZipWriter add(String name, byte[] content, Consumer<Entry> change) {
    Entry entry = new Entry(name, content);
    change.accept(entry);
    entries.add(entry);
    return this;
  }

  /** An archive of the same entries, to add others to. */
  ZipWriter copy() {
    ZipWriter copy = new ZipWriter();
    copy.entries.addAll(entries);
    return copy;
  }

  /** Changes the last record. */
  ZipWriter end(Consumer<End> change) {
    end = change;
    return this;
  }

  /** Packs an entry's content. */
  static void deflate(Entry entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, true))) {
      deflater.write(entry.packed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entry.packed = out.toByteArray();
    entry.packedSize = entry.packed.length;
    entry.method = 8;
    entry.localMethod = 8;
  }

  byte[] build() {
    ByteBuilder out = new ByteBuilder();
    List<Long> offsets = new ArrayList<>();
    for (Entry entry : entries) {
      offsets.add(entry.offset < 0 ? (long) out.size() : entry.offset);
      out.u32(entry.signature).u16(20).u16(entry.flags).u16(entry.localMethod).u32(0);
      out.u32(entry.crc).u32(entry.packedSize).u32(entry.localSize);
      out.u16(entry.localName.length).u16(0).bytes(entry.localName).bytes(entry.packed);
    }
    End last = new End();
    last.offset = out.size();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      out.u32(entry.centralSignature).u16(20).u16(20).u16(entry.flags).u16(entry.method).u32(0);
      out.u32(entry.crc).u32(entry.packedSize).u32(entry.size);
      out.u16(entry.name.length).u16(entry.extra.length).u16(0).u16(entry.disk);
      out.u16(0).u32(0).u32(offsets.get(i)).bytes(entry.name).bytes(entry.extra);
    }
    last.count = entries.size();
    last.size = out.size() - last.offset;
    end.accept(last);
    out.bytes(last.before);
    out.u32(0x06054b50).u16(last.disk).u16(last.disk).u16(last.count).u16(last.count);
    out.u32(last.size).u32(last.offset).u16(last.comment.length).bytes(last.comment);
    return out.build();
  }
}
