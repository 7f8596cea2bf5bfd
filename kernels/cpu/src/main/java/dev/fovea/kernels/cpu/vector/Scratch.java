package dev.fovea.kernels.cpu.vector;

import java.util.EnumMap;
import java.util.Map;

/** Buffers of one thread while it works on one operation. They only grow. */
final class Scratch {
  /** What a buffer is for; an operation uses each at most once at a time. */
  enum Buffer {
    PANELS,
    STRIP,
    TILE,
    ROW,
    LANES
  }

  private static final float[] NOTHING = {};

  private final Map<Buffer, float[]> buffers = new EnumMap<>(Buffer.class);

  /** An array of at least that size, with garbage in it. */
  float[] floats(Buffer buffer, int size) {
    float[] present = buffers.getOrDefault(buffer, NOTHING);
    if (present.length >= size) {
      return present;
    }
    float[] grown = new float[Math.max(size, (int) Math.min(2L * present.length, 1 << 24))];
    buffers.put(buffer, grown);
    return grown;
  }
}
