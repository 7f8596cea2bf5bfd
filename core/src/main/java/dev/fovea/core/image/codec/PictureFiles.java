package dev.fovea.core.image.codec;

import dev.fovea.core.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads picture files, and turns whatever goes wrong into one kind of error. */
public final class PictureFiles {
  private static final int SIGNATURE_BYTES = 16;
  private static final int MAX_FILE = 1 << 30;

  private PictureFiles() {}

  /**
   * Reads a file, but no further than its first bytes if it is no picture.
   *
   * @throws BadInputException if it is missing, damaged, too large or no picture
   */
  public static Bitmap read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(SIGNATURE_BYTES);
      PictureFormat format = format(start, file.toString());
      byte[] rest = in.readNBytes(MAX_FILE - start.length + 1);
      if (rest.length + start.length > MAX_FILE) {
        throw new BadInputException(
            "%s: more than %,d bytes, too large for a picture".formatted(file, MAX_FILE));
      }
      byte[] bytes = new byte[start.length + rest.length];
      System.arraycopy(start, 0, bytes, 0, start.length);
      System.arraycopy(rest, 0, bytes, start.length, rest.length);
      return decode(format, bytes, file.toString());
    } catch (IOException e) {
      throw new BadInputException(problem(file, e), e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(file.toString(), e);
    }
  }

  private static String problem(Path file, IOException e) {
    if (!Files.exists(file)) {
      return file + ": no such file";
    }
    return Files.isDirectory(file)
        ? file + ": a directory, expected a picture"
        : "%s: cannot be read (%s)".formatted(file, firstLine(e));
  }

  /**
   * Decodes the content of a file.
   *
   * @param source what to call it in an error
   * @throws BadInputException if it is damaged, too large or no picture
   */
  public static Bitmap decode(byte[] bytes, String source) {
    return decode(format(bytes, source), bytes, source);
  }

  private static PictureFormat format(byte[] start, String source) {
    if (start.length == 0) {
      throw new BadInputException(source + ": empty, expected a picture");
    }
    Optional<PictureFormat> format = PictureFormat.of(start);
    return format.orElseThrow(
        () ->
            new BadInputException(
                source + ": no picture that Fovea reads (PNG, JPEG, GIF, BMP or WebP)"));
  }

  /** The decoders of libraries meet damaged data with all kinds of exceptions. */
  private static Bitmap decode(PictureFormat format, byte[] bytes, String source) {
    try {
      return format.decode(bytes);
    } catch (BadPictureException e) {
      throw new BadInputException("%s: %s".formatted(source, e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      throw new BadInputException(
          "%s: damaged, not a valid %s picture (%s)".formatted(source, format, firstLine(e)), e);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(source, e);
    }
  }

  private static BadInputException outOfMemory(String source, OutOfMemoryError e) {
    return new BadInputException(
        source + ": not enough memory to decode it; give Java more (-Xmx) or make it smaller", e);
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    String line = message.lines().findFirst().orElse("");
    return line.isEmpty() || e.getMessage() == null ? e.getClass().getSimpleName() : line;
  }
}
