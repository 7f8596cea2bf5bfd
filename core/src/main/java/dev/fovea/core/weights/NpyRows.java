package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Reason;
import dev.fovea.core.tensor.DType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a matrix row by row into a .npy file that can be resumed after an interruption.
 *
 * <p>Rows are collected in {@code FILE.partial}, which is a .npy file of its own. A checkpoint
 * forces them to disk before it counts them in the header, so what the header counts is there, even
 * after a power failure; what follows is dropped on resuming. {@link #finish} moves the file into
 * place. One writer at a time.
 */
public final class NpyRows implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final Path file;
  private final Path partial;
  private final DType dtype;
  private final int columns;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private long rows;

  private NpyRows(
      Path file, Path partial, DType dtype, int columns, FileChannel channel, long rows) {
    this.file = file;
    this.partial = partial;
    this.dtype = dtype;
    this.columns = columns;
    this.channel = channel;
    this.rows = rows;
    this.buffer =
        ByteBuffer.allocateDirect(Math.max(BUFFER, columns * dtype.byteSize()))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file for writing. Where an interrupted run left rows of the same type and width, they
   * are kept and {@link #rows} counts them; a finished file of that name stays until {@link
   * #finish}.
   *
   * @param dtype F32 or F16
   * @throws BadInputException if it cannot be written, or an interrupted run left other rows
   */
  @SuppressWarnings("MustBeClosedChecker") // the channel is closed with the writer
  public static NpyRows open(Path file, DType dtype, int columns) {
    if ((dtype != DType.F32 && dtype != DType.F16) || columns < 1) {
      throw new IllegalArgumentException("rows of %d %s".formatted(columns, dtype));
    }
    Path partial = partial(file);
    try {
      boolean resumed = Files.exists(partial);
      FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        long rows = resumed ? kept(channel, partial, dtype, columns) : 0;
        NpyRows writer = new NpyRows(file, partial, dtype, columns, channel, rows);
        writer.start();
        return writer;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(partial, e);
    }
  }

  /** Where the rows of an unfinished file lie. */
  public static Path partial(Path file) {
    return file.resolveSibling(file.getFileName() + ".partial");
  }

  /** Number of rows so far, those of an interrupted run included. */
  public long rows() {
    return rows;
  }

  /** Appends a row, which must have the right width. */
  public void append(float[] row) {
    if (row.length != columns) {
      throw new IllegalArgumentException("a row of %d, expected %d".formatted(row.length, columns));
    }
    try {
      if (buffer.remaining() < columns * dtype.byteSize()) {
        flush();
      }
      for (float value : row) {
        if (dtype == DType.F16) {
          buffer.putShort(Float.floatToFloat16(value));
        } else {
          buffer.putFloat(value);
        }
      }
      rows++;
    } catch (IOException e) {
      throw unwritable(partial, e);
    }
  }

  /** Forces all rows so far to disk, so that an interruption cannot lose them. */
  public void checkpoint() {
    try {
      flush();
      channel.force(true);
      long end = channel.position();
      channel.position(0);
      Bytes.write(channel, header(rows));
      channel.position(end);
      channel.force(true);
    } catch (IOException e) {
      throw unwritable(partial, e);
    }
  }

  /** Ends the file and moves it into place. */
  public void finish() {
    checkpoint();
    try {
      channel.close();
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /** Keeps the rows for a later run, unless the file was finished. */
  @Override
  public void close() {
    if (channel.isOpen()) {
      checkpoint();
      try {
        channel.close();
      } catch (IOException e) {
        throw unwritable(partial, e);
      }
    }
  }

  private void start() throws IOException {
    byte[] header = header(rows);
    channel.position(0);
    Bytes.write(channel, header);
    long end = header.length + rows * columns * dtype.byteSize();
    channel.truncate(end);
    channel.position(end);
  }

  private void flush() throws IOException {
    buffer.flip();
    Bytes.write(channel, MemorySegment.ofBuffer(buffer));
    buffer.clear();
  }

  private byte[] header(long count) {
    return NpyHeader.encode(dtype, List.of(count, (long) columns));
  }

  /** How many rows of an interrupted run count. */
  private static long kept(FileChannel channel, Path partial, DType dtype, int columns)
      throws IOException {
    int longest = NpyHeader.encode(dtype, List.of(0L, (long) columns)).length;
    ByteBuffer start = ByteBuffer.allocate(longest);
    while (start.hasRemaining() && channel.read(start, start.position()) > 0) {
      // The header may come in pieces.
    }
    if (start.hasRemaining()) {
      return 0;
    }
    NpyHeader header = NpyHeader.parse(MemorySegment.ofArray(start.array()), partial.toString());
    boolean same =
        header.dtype() == dtype
            && header.length() == longest
            && header.shape().size() == 2
            && header.shape().get(1) == columns;
    long room = (channel.size() - longest) / ((long) columns * dtype.byteSize());
    if (!same || header.shape().getFirst() > room) {
      throw new BadInputException(
          "%s: an interrupted run left %s %s, expected rows of %d %s; delete it to start over"
              .formatted(partial, header.dtype(), header.shape(), columns, dtype));
    }
    return header.shape().getFirst();
  }

  private static BadInputException unwritable(Path file, IOException e) {
    return new BadInputException("%s: cannot be written (%s)".formatted(file, Reason.of(e)), e);
  }
}
