package dev.fovea.cli.input;

import dev.fovea.core.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The pictures that a command works on. */
public final class PictureArguments {
  @Parameters(
      paramLabel = "IMAGE",
      arity = "0..*",
      description =
          "Picture files, folders (searched with their subfolders), globs, or - for a picture on"
              + " standard input.")
  private List<String> images = List.of();

  @Option(
      names = {"--from-file", "--list"},
      paramLabel = "FILE",
      description =
          "Take more pictures from a list, one path a line; - reads it from standard input.")
  private Optional<String> list = Optional.empty();

  /** Whether the user named any. */
  public boolean isEmpty() {
    return images.isEmpty() && list.isEmpty();
  }

  /**
   * All pictures in the order given, each once; what cannot be found is an item, too.
   *
   * @throws BadInputException if the list cannot be read
   */
  public List<Picture> find(InputStream in) {
    if (images.contains("-") && list.equals(Optional.of("-"))) {
      throw new BadInputException(
          "- stands for one picture, --from-file - for a list; standard input cannot be both");
    }
    List<String> arguments = new ArrayList<>(images);
    list.ifPresent(
        file -> arguments.addAll(file.equals("-") ? lines(in) : Paths.lines(Paths.of(file))));
    Map<String, Picture> found = new LinkedHashMap<>();
    for (String argument : arguments) {
      if (argument.equals("-")) {
        found.putIfAbsent("-", new Picture.OnStandardInput(in));
      } else {
        PictureFinder.find(argument).forEach(p -> found.putIfAbsent(p.name(), p));
      }
    }
    return List.copyOf(found.values());
  }

  private static List<String> lines(InputStream in) {
    try {
      return Paths.lines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BadInputException(
          "standard input: cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }
}
