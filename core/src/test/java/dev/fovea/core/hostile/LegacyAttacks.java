package dev.fovea.core.hostile;

import dev.fovea.core.weights.WeightFiles;
import java.util.ArrayList;
import java.util.List;

/** Attacks on the reader of PyTorch's format before zip archives. */
final class LegacyAttacks {
  private static final String FILE = "pytorch_model.bin";

  private final List<Attack> attacks = new ArrayList<>();

  private LegacyAttacks() {}

  static List<Attack> all() {
    LegacyAttacks all = new LegacyAttacks();
    byte[] good = TorchArchive.goodPickle();
    all.file("old-magic-only", "the magic number and nothing else", start(), "truncated");
    all.file(
        "old-bare-pickle",
        "a pickle that is not PyTorch's",
        new ByteBuilder().bytes(good),
        "a bare pickle");
    all.file("old-version", "another version", pickle(start(), 1002), "not version 1001");
    all.file(
        "old-big-endian",
        "numbers in the other byte order",
        pickle(start(), 1001)
            .bytes(PickleWriter.protocol2().op('}').text("little_endian").op(0x89).op('s').stop()),
        "big-endian");
    all.file(
        "old-code",
        "a shell command in the notes on the machine",
        pickle(start(), 1001).bytes(PickleWriter.protocol2().global("os", "system").stop()),
        "asks for 'os.system'");
    all.file("old-no-keys", "no storage keys", head(), "truncated");
    all.file("old-keys-none", "storage keys that are no list", head().bytes(none()), "not a list");
    all.file(
        "old-no-storage", "a list of no storages", head().bytes(keys()), "storage '0' is missing");
    all.file(
        "old-unknown", "a storage of no tensor", head().bytes(keys("9")), "belongs to no tensor");
    all.file("old-count-cut", "a storage without its length", head().bytes(keys("0")), "truncated");
    all.file(
        "old-count",
        "a storage of another length",
        head().bytes(keys("0")).u64(5),
        "has 5 elements");
    all.file(
        "old-count-huge",
        "a storage of 2^60 elements",
        head().bytes(keys("0")).u64(1L << 60),
        "elements");
    all.file(
        "old-cut",
        "a storage that was cut off",
        head().bytes(keys("0")).u64(4).u64(0),
        "truncated in storage");
    all.file(
        "old-twice",
        "one storage twice",
        head().bytes(keys("0", "0")).u64(4).bytes(new byte[16]).u64(4).bytes(new byte[16]),
        "two storages are called");
    all.file(
        "old-after",
        "bytes behind the last storage",
        head().bytes(keys("0")).u64(4).bytes(new byte[17]),
        "1 bytes after the last storage");
    return all.attacks;
  }

  private static ByteBuilder start() {
    return new ByteBuilder()
        .bytes(
            PickleWriter.protocol2()
                .op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .stop());
  }

  private static ByteBuilder pickle(ByteBuilder file, long number) {
    return file.bytes(PickleWriter.protocol2().number(number).stop());
  }

  /** Everything before the storage keys, for a model with one tensor. */
  private static ByteBuilder head() {
    return pickle(start(), 1001)
        .bytes(PickleWriter.protocol2().op('}').text("little_endian").op(0x88).op('s').stop())
        .bytes(TorchArchive.goodPickle());
  }

  private static byte[] none() {
    return PickleWriter.protocol2().op('N').stop();
  }

  private static byte[] keys(String... keys) {
    PickleWriter list = PickleWriter.protocol2().op(']');
    for (String key : keys) {
      list.text(key).op('a');
    }
    return list.stop();
  }

  private void file(String name, String what, ByteBuilder content, String message) {
    attacks.add(Attack.of(name, what, FILE, content.build(), WeightFiles::open, message));
  }
}
