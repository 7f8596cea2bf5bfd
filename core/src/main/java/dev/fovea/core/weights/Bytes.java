package dev.fovea.core.weights;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes memory to channels, however much it is. */
final class Bytes {
  private static final int CHUNK = 4 << 20;

  private Bytes() {}

  static void write(WritableByteChannel channel, byte[] bytes) throws IOException {
    write(channel, ByteBuffer.wrap(bytes));
  }

  static void write(WritableByteChannel channel, MemorySegment data) throws IOException {
    for (long offset = 0; offset < data.byteSize(); offset += CHUNK) {
      write(
          channel, data.asSlice(offset, Math.min(CHUNK, data.byteSize() - offset)).asByteBuffer());
    }
  }

  private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
