package dev.fovea.core.files;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files that are there as a whole or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to the channel. */
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Writes a file under a temporary name in the same folder, forces it to disk and moves it into
   * place. Whatever goes wrong, an older file stays as it was and no other is left.
   *
   * @throws BadInputException if it cannot be written: no such folder, no permission, a full disk
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    Path name = target.getFileName();
    if (folder == null || name == null || Files.isDirectory(target)) {
      throw new BadInputException("%s: cannot be written (it is a folder)".formatted(file));
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "%s: cannot be written (there is no folder %s)".formatted(file, folder));
    }
    Path temporary = folder.resolve(".%s.%s.tmp".formatted(name, UUID.randomUUID()));
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new BadInputException(
          "%s: cannot be written (%s); nothing was left behind".formatted(file, Reason.of(e)), e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The error that matters is the one that brought us here.
    }
  }
}
