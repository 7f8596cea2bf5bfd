package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A zip archive that holds a pickle and its storages: {@code ROOT/data.pkl} and {@code
 * ROOT/data/KEY}, as {@code torch.save} writes since 1.6, and TorchScript always.
 */
final class ZippedPickle {
  /** Room for a hundred thousand tensors. */
  private static final long MAX_PICKLE = 32 << 20;

  private static final String PICKLE = "/data.pkl";

  private final ZipArchive zip;
  private final String root;
  private final String file;
  private final Arena arena;

  private ZippedPickle(ZipArchive zip, String root, String file, Arena arena) {
    this.zip = zip;
    this.root = root;
    this.file = file;
    this.arena = arena;
  }

  /** The tensors of an archive. */
  static Map<String, StoredTensor> read(MemorySegment content, String file, Arena arena) {
    ZipArchive zip = ZipArchive.open(content, file);
    return new ZippedPickle(zip, root(zip, file), file, arena).read(content.byteSize());
  }

  private Map<String, StoredTensor> read(long fileBytes) {
    requireLittleEndian();
    ZipEntry pickle = zip.entry(root + PICKLE).orElseThrow();
    MemorySegment bytes = zip.checkedContent(pickle, MAX_PICKLE, arena);
    boolean torchScript = zip.entry(root + "/constants.pkl").isPresent();
    String source = "%s: %s".formatted(file, pickle.name());
    LittleEndian in = new LittleEndian(bytes, source, 0);
    Pickled value = Unpickler.read(in, source, torchScript, new HashMap<>());
    if (in.remaining() != 0) {
      throw new BadInputException(
          "%s has %d bytes after its end".formatted(source, in.remaining()));
    }
    return new PickledTensors(file, this::storage, fileBytes, arena)
        .build(StateDict.tensors(value, source, bytes.byteSize()));
  }

  private MemorySegment storage(Pickled.Storage storage) {
    ZipEntry entry =
        zip.entry("%s/data/%s".formatted(root, storage.key()))
            .orElseThrow(
                () ->
                    new BadInputException(
                        "%s: storage %s is missing; the file is damaged"
                            .formatted(file, Quoted.of(storage.key()))));
    long size = storage.dtype().byteSize();
    if (entry.size() / size != storage.elements() || entry.size() % size != 0) {
      throw new BadInputException(
          "%s: storage %s has %d bytes, the pickle says %d elements of %s"
              .formatted(
                  file,
                  Quoted.of(storage.key()),
                  entry.size(),
                  storage.elements(),
                  storage.dtype()));
    }
    return zip.content(entry, arena);
  }

  private void requireLittleEndian() {
    Optional<ZipEntry> order = zip.entry(root + "/byteorder");
    if (order.isPresent()) {
      MemorySegment text = zip.checkedContent(order.get(), 64, arena);
      String value = new String(text.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
      if (!value.strip().equals("little")) {
        throw new BadInputException(
            "%s: byte order %s, expected 'little'; save it again on a little-endian machine"
                .formatted(file, Quoted.of(value)));
      }
    }
  }

  private static String root(ZipArchive zip, String file) {
    List<String> roots =
        zip.entries().stream()
            .map(ZipEntry::name)
            .filter(name -> name.endsWith(PICKLE))
            .map(name -> name.substring(0, name.length() - PICKLE.length()))
            .filter(name -> name.indexOf('/') < 0)
            .toList();
    if (roots.size() != 1) {
      throw new BadInputException(
          roots.isEmpty()
              ? "%s: a zip archive without FOLDER/data.pkl, so not one of PyTorch's".formatted(file)
              : "%s: a zip archive with several data.pkl, in %s"
                  .formatted(file, Quoted.of(String.join(", ", roots))));
    }
    return roots.getFirst();
  }
}
