package dev.fovea.cli.input;

import dev.fovea.core.BadInputException;
import dev.fovea.core.image.Image;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A picture that the user named, or a name that turned out to be none. */
public sealed interface Picture {
  /** What the user calls it. */
  String name();

  /**
   * Decodes it.
   *
   * @throws BadInputException if it cannot be read
   */
  Image read();

  /** A picture file. */
  record InFile(String name, Path file) implements Picture {
    @Override
    public Image read() {
      return Image.read(file);
    }
  }

  /** The picture on standard input. */
  record OnStandardInput(InputStream in) implements Picture {
    private static final int MAX_BYTES = 512 << 20;

    @Override
    public String name() {
      return "-";
    }

    @Override
    public Image read() {
      try {
        byte[] bytes = in.readNBytes(MAX_BYTES);
        if (bytes.length == 0) {
          throw new BadInputException("standard input: empty, expected a picture");
        }
        return Image.read(bytes, "standard input");
      } catch (IOException e) {
        throw new BadInputException(
            "standard input: cannot be read (%s)".formatted(e.getMessage()), e);
      }
    }
  }

  /** Not a picture. */
  record Missing(String name, String problem) implements Picture {
    @Override
    public Image read() {
      throw new BadInputException(problem);
    }
  }
}
