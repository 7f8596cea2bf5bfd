package dev.fovea.core.hostile;

import java.util.List;

/** Writes pickle opcodes one by one. */
final class PickleWriter {
  private final ByteBuilder out = new ByteBuilder();

  /** A pickle of protocol 2. */
  static PickleWriter protocol2() {
    return new PickleWriter().op(0x80, 2);
  }

  PickleWriter op(int... bytes) {
    for (int b : bytes) {
      out.u8(b);
    }
    return this;
  }

  PickleWriter op(char opcode) {
    out.u8(opcode);
    return this;
  }

  PickleWriter raw(byte... bytes) {
    out.bytes(bytes);
    return this;
  }

  PickleWriter global(String module, String name) {
    out.text("c" + module + "\n" + name + "\n");
    return this;
  }

  PickleWriter text(String text) {
    byte[] utf8 = Attack.utf8(text);
    out.text("X").u32(utf8.length).bytes(utf8);
    return this;
  }

  /** A whole number of up to 64 bits. */
  PickleWriter number(long value) {
    out.u8(0x8a).u8(8).u64(value);
    return this;
  }

  PickleWriter tuple(long... values) {
    op('(');
    for (long value : values) {
      number(value);
    }
    return op('t');
  }

  PickleWriter storage(String type, String key, long elements) {
    op('(').text("storage").global("torch", type).text(key).text("cpu").number(elements);
    return op('t').op('Q');
  }

  /** A tensor in f32 over the storage 0, which has four elements. */
  PickleWriter tensor(long offset, List<Long> shape, List<Long> stride) {
    global("torch._utils", "_rebuild_tensor_v2").op('(').storage("FloatStorage", "0", 4);
    number(offset).tuple(longs(shape)).tuple(longs(stride)).op(0x89).op('}');
    return op('t').op('R');
  }

  /** The two by two tensor that a well-formed archive holds. */
  PickleWriter tensor() {
    return tensor(0, List.of(2L, 2L), List.of(2L, 1L));
  }

  byte[] stop() {
    return out.u8('.').build();
  }

  byte[] unfinished() {
    return out.build();
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
