package dev.fovea.cli.input;

import dev.fovea.core.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Paths and small text files as users give them. */
public final class Paths {
  private static final long MAX_TEXT = 256L << 20;

  private Paths() {}

  /**
   * A path.
   *
   * @throws BadInputException if the text cannot be one
   */
  public static Path of(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadInputException("'%s' is not a file name (%s)".formatted(text, e.getReason()), e);
    }
  }

  /**
   * The lines of a UTF-8 text file; blank ones and a byte order mark are left out.
   *
   * @throws BadInputException if it cannot be read
   */
  public static List<String> lines(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_TEXT) {
        throw new BadInputException(
            "%s: %,d bytes is more than a list may have (%,d)".formatted(file, size, MAX_TEXT));
      }
      return lines(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new BadInputException("%s: no such file".formatted(file), e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new BadInputException("%s: not a text file in UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, reason(e)), e);
    }
  }

  /** The lines of a text; blank ones and a byte order mark are left out. */
  static List<String> lines(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return plain.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "no permission"
        : String.valueOf(e.getMessage());
  }
}
