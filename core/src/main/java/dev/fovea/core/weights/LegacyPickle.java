package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The format of {@code torch.save} before version 1.6: five pickles one after another (a magic
 * number, a version, notes on the machine, the object, the keys of its storages), then the
 * storages, each its length and its elements.
 *
 * <p>Source: {@code _legacy_save} in {@code torch/serialization.py}.
 */
final class LegacyPickle {
  /** The number 0x1950a86a20f9469cfc6c as a pickle of protocol 2, without its end. */
  private static final byte[] MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  private static final long VERSION = 1001;

  private final MemorySegment content;
  private final String file;
  private final LittleEndian in;
  private final Map<String, Pickled.Storage> known = new HashMap<>();

  private LegacyPickle(MemorySegment content, String file) {
    this.content = content;
    this.file = file;
    this.in = new LittleEndian(content, file, MAGIC.length);
  }

  static boolean accepts(MemorySegment content) {
    return content.byteSize() >= MAGIC.length
        && content.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) == -1;
  }

  /** The tensors of a file. */
  static Map<String, StoredTensor> read(MemorySegment content, String file, Arena arena) {
    return new LegacyPickle(content, file).read(arena);
  }

  private Map<String, StoredTensor> read(Arena arena) {
    if (!(pickle("version") instanceof Pickled.Int(long version) && version == VERSION)) {
      throw new BadInputException(
          "%s: not version %d of PyTorch's old format".formatted(file, VERSION));
    }
    if (pickle("machine") instanceof Pickled.Dict machine
        && machine.entries().get("little_endian") != Pickled.Plain.TRUE) {
      throw new BadInputException(
          "%s: written on a big-endian machine; save it again on a little-endian one"
              .formatted(file));
    }
    long start = in.position();
    Pickled value = pickle("object");
    Map<String, Pickled.TensorView> views = StateDict.tensors(value, file, in.position() - start);
    Map<String, Long> starts = storages();
    return new PickledTensors(file, s -> storage(s, starts), content.byteSize(), arena)
        .build(views);
  }

  private Pickled pickle(String part) {
    return Unpickler.read(in, "%s: its %s pickle".formatted(file, part), false, known);
  }

  /** Where each storage's elements start. Their sizes are known from the object alone. */
  private Map<String, Long> storages() {
    Map<String, Long> starts = new HashMap<>();
    if (!(pickle("key") instanceof Pickled.Sequence keys)) {
      throw new BadInputException(file + ": its storage keys are not a list");
    }
    for (Pickled item : keys.items()) {
      String key = item instanceof Pickled.Text(String text) ? text : "";
      Pickled.Storage storage = known.get(key);
      if (storage == null) {
        throw new BadInputException(
            "%s: storage %s belongs to no tensor; the file is damaged"
                .formatted(file, Quoted.of(key)));
      }
      long elements = in.i64();
      if (elements != storage.elements()) {
        throw new BadInputException(
            "%s: storage %s has %d elements, the pickle says %d"
                .formatted(file, Quoted.of(key), elements, storage.elements()));
      }
      if (elements > in.remaining() / storage.dtype().byteSize()) {
        throw new BadInputException(
            "%s: the file is truncated in storage %s".formatted(file, Quoted.of(key)));
      }
      if (starts.put(key, in.position()) != null) {
        throw new BadInputException(
            "%s: two storages are called %s".formatted(file, Quoted.of(key)));
      }
      in.skip(elements * storage.dtype().byteSize());
    }
    if (in.remaining() != 0) {
      throw new BadInputException(
          "%s: %d bytes after the last storage belong to none".formatted(file, in.remaining()));
    }
    return starts;
  }

  private MemorySegment storage(Pickled.Storage storage, Map<String, Long> starts) {
    long start =
        Optional.ofNullable(starts.get(storage.key()))
            .orElseThrow(
                () ->
                    new BadInputException(
                        "%s: storage %s is missing; the file is damaged"
                            .formatted(file, Quoted.of(storage.key()))));
    long bytes = storage.elements() * storage.dtype().byteSize();
    return new LittleEndian(content, file, start).slice(bytes);
  }
}
