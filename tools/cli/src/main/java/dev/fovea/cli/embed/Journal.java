package dev.fovea.cli.embed;

import dev.fovea.core.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Embeddings that are done, in a file beside the output, so that an interrupted run can go on.
 *
 * <p>Little-endian: the magic, the dimension (i32), the number of items (i32), 64 characters that
 * identify model and inputs; then for each embedding its item's index (i32), the values (f32) and
 * the CRC-32C of both (i32). A record that was cut off or damaged ends the file.
 */
public final class Journal implements AutoCloseable {
  private static final byte[] MAGIC = "FOVEAJ1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int IDENTITY = 64;
  private static final int HEADER = MAGIC.length + 2 * Integer.BYTES + IDENTITY;

  private final Path file;
  private final FileChannel channel;
  private final int dimension;
  private final long[] offsets;
  private int size;

  private Journal(Path file, FileChannel channel, int dimension, int items) {
    this.file = file;
    this.channel = channel;
    this.dimension = dimension;
    this.offsets = new long[items];
  }

  /**
   * Opens the journal of an output, or begins it.
   *
   * @param identity 64 characters that identify model, inputs and options
   * @param anew whether to throw away what is there
   * @throws BadInputException if it belongs to something else, or another run has it open
   */
  public static Journal open(Path file, String identity, int dimension, int items, boolean anew) {
    try {
      if (anew) {
        Files.deleteIfExists(file);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        lock(channel, file);
        Journal journal = new Journal(file, channel, dimension, items);
        if (channel.size() < HEADER) {
          journal.begin(identity);
        } else {
          journal.resume(identity);
        }
        return journal;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very JVM.
    }
    throw new BadInputException("%s: another run is writing it".formatted(file));
  }

  private void begin(String identity) throws IOException {
    channel.truncate(0);
    write(
        buffer(HEADER)
            .put(MAGIC)
            .putInt(dimension)
            .putInt(offsets.length)
            .put(identity.getBytes(StandardCharsets.US_ASCII)),
        0);
    channel.position(HEADER);
  }

  private void resume(String identity) throws IOException {
    ByteBuffer header = read(0, HEADER);
    byte[] magic = new byte[MAGIC.length];
    byte[] found = new byte[IDENTITY];
    header.get(magic);
    int foundDimension = header.getInt();
    int foundItems = header.getInt();
    header.get(found);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new BadInputException(
          "%s: in the way, and not the state of an unfinished run; move it away".formatted(file));
    }
    if (foundDimension != dimension
        || foundItems != offsets.length
        || !identity.equals(new String(found, StandardCharsets.US_ASCII))) {
      throw new BadInputException(
          "%s: the state of an unfinished run with another model, other inputs or options; finish that run, or add --restart to begin anew"
              .formatted(file));
    }
    long at = HEADER;
    while (at + recordSize() <= channel.size()) {
      ByteBuffer record = read(at, recordSize());
      int item = record.getInt(0);
      if (checksum(record) != record.getInt(recordSize() - Integer.BYTES)
          || item < 0
          || item >= offsets.length) {
        break;
      }
      note(item, at);
      at += recordSize();
    }
    channel.truncate(at);
    channel.position(at);
  }

  /** Whether an item is done. */
  public boolean contains(int item) {
    return offsets[item] != 0;
  }

  /** How many items are done. */
  public int size() {
    return size;
  }

  public int dimension() {
    return dimension;
  }

  /** Keeps an embedding. */
  public void append(int item, float[] embedding) {
    ByteBuffer record = buffer(recordSize()).putInt(item);
    for (float value : embedding) {
      record.putFloat(value);
    }
    record.putInt(checksum(record));
    try {
      long at = channel.position();
      write(record, at);
      channel.position(at + recordSize());
      note(item, at);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** An embedding that is done: [dimension]. */
  public float[] embedding(int item) {
    if (!contains(item)) {
      throw new IllegalArgumentException("item %d is not done".formatted(item));
    }
    try {
      ByteBuffer record = read(offsets[item] + Integer.BYTES, dimension * Float.BYTES);
      float[] values = new float[dimension];
      record.asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private void note(int item, long at) {
    if (offsets[item] == 0) {
      size++;
    }
    offsets[item] = at;
  }

  private int recordSize() {
    return (dimension + 2) * Integer.BYTES;
  }

  private int checksum(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.duplicate().position(0).limit(recordSize() - Integer.BYTES));
    return (int) crc.getValue();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer read(long at, int bytes) throws IOException {
    ByteBuffer buffer = buffer(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("it ends at byte " + channel.size());
      }
    }
    return buffer.flip();
  }

  private void write(ByteBuffer full, long at) throws IOException {
    full.flip();
    while (full.hasRemaining()) {
      channel.write(full, at + full.position());
    }
  }

  /** Closes the file and leaves it for a later run. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  /** Closes the file and removes it. */
  public void delete() {
    close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static BadInputException unusable(Path file, IOException e) {
    return new BadInputException(
        "%s: cannot be used for the state of this run (%s)".formatted(file, e.getMessage()), e);
  }
}
