package dev.fovea.core.files;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The files of a model, one of them with other content. */
record ReplacedFile(ModelFiles files, String name, byte[] content) implements ModelFiles {
  @Override
  public String describe(String fileName) {
    return files.describe(fileName);
  }

  @Override
  public boolean contains(String fileName) {
    return fileName.equals(name) || files.contains(fileName);
  }

  @Override
  public byte[] read(String fileName) {
    return fileName.equals(name) ? content.clone() : files.read(fileName);
  }

  @Override
  public MemorySegment map(String fileName, Arena arena) {
    if (!fileName.equals(name)) {
      return files.map(fileName, arena);
    }
    MemorySegment copy = arena.allocate(Math.max(content.length, 1));
    MemorySegment.copy(MemorySegment.ofArray(content), 0, copy, 0, content.length);
    return copy.asSlice(0, content.length).asReadOnly();
  }

  @Override
  public List<String> list() {
    List<String> names = new ArrayList<>(files.list());
    if (!names.contains(name) && !name.contains("/")) {
      names.add(name);
      names.sort(null);
    }
    return List.copyOf(names);
  }
}
