package dev.fovea.core.hostile;

/** Archives as PyTorch writes them, around a given pickle. */
final class TorchArchive {
  private TorchArchive() {}

  /** An archive with this pickle and the storage 0 of four floats. */
  static byte[] of(byte[] pickle) {
    return with(pickle).build();
  }

  /** The same, to add to. */
  static ZipWriter with(byte[] pickle) {
    return new ZipWriter()
        .add("archive/data.pkl", pickle)
        .add("archive/byteorder", Attack.utf8("little"))
        .add("archive/data/0", new byte[16])
        .add("archive/version", Attack.utf8("3\n"));
  }

  /** A pickle that holds the tensor w. */
  static byte[] goodPickle() {
    return PickleWriter.protocol2().op('}').text("w").tensor().op('s').stop();
  }

  /** A pickle that holds the tensor w, over a storage of so many floats. */
  static byte[] pickle(long elements) {
    PickleWriter p = PickleWriter.protocol2().op('}').text("w");
    p.global("torch._utils", "_rebuild_tensor").op('(').storage("FloatStorage", "0", elements);
    return p.number(0).tuple(1).tuple(1).op('t').op('R').op('s').stop();
  }
}
