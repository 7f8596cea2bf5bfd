package dev.fovea.core.hostile;

import dev.fovea.core.BadInputException;
import dev.fovea.core.files.ModelFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/** Files that need no disk. */
record MemoryFiles(Map<String, byte[]> content) implements ModelFiles {
  @Override
  public String describe(String name) {
    return "memory/" + name;
  }

  @Override
  public boolean contains(String name) {
    return content.containsKey(name);
  }

  @Override
  public byte[] read(String name) {
    byte[] bytes = content.get(name);
    if (bytes == null) {
      throw new BadInputException(describe(name) + ": no such file");
    }
    return bytes;
  }

  @Override
  public MemorySegment map(String name, Arena arena) {
    // Off the heap, as a mapped file is.
    byte[] bytes = read(name);
    MemorySegment segment = Arena.ofAuto().allocate(Math.max(bytes.length, 1), 8);
    return segment.copyFrom(MemorySegment.ofArray(bytes)).asSlice(0, bytes.length).asReadOnly();
  }

  @Override
  public List<String> list() {
    return content.keySet().stream().sorted().toList();
  }
}
