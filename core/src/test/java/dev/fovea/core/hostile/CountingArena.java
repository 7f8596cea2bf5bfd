package dev.fovea.core.hostile;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An arena that counts the bytes asked of it; mapping a file asks for none. */
final class CountingArena implements Arena {
  private final Arena arena = Arena.ofConfined();
  private long allocated;

  long allocated() {
    return allocated;
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    allocated += byteSize;
    return arena.allocate(byteSize, byteAlignment);
  }

  @Override
  public MemorySegment.Scope scope() {
    return arena.scope();
  }

  @Override
  public void close() {
    arena.close();
  }
}
