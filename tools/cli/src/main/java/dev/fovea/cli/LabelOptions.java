package dev.fovea.cli;

import dev.fovea.cli.input.Paths;
import dev.fovea.core.BadInputException;
import dev.fovea.models.PromptTemplate;
import dev.fovea.models.Prompts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The labels to choose from, and the sentences to put them into. */
final class LabelOptions {
  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      description = "Labels to choose from, separated by commas.")
  private List<String> labels = List.of();

  @Option(
      names = "--labels-file",
      paramLabel = "FILE",
      description =
          "Labels to choose from, one a line; 'imagenet' stands for the names of the 1000 ImageNet"
              + " classes.")
  private Optional<String> labelsFile = Optional.empty();

  @Option(
      names = "--templates",
      paramLabel = "SET",
      defaultValue = "none",
      description =
          "Sentences around each label: none (the label as it is), simple (a photo of a ...),"
              + " openai (the 80 of CLIP's authors), openai7 (7 of them), or a file with one a line,"
              + " {} standing for the label. Default: ${DEFAULT-VALUE}.")
  private String templates = "none";

  @Option(
      names = "--no-cache",
      description = "Neither read nor keep the embeddings of labels on disk.")
  boolean noCache;

  boolean given() {
    return !labels.isEmpty() || labelsFile.isPresent();
  }

  /**
   * The labels, each once.
   *
   * @throws BadInputException if there are none
   */
  List<String> labels(Console console, OutputOptions output) {
    List<String> all = new ArrayList<>();
    labels.stream()
        .flatMap(list -> Stream.of(list.split(",")))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .forEach(all::add);
    labelsFile.ifPresent(file -> all.addAll(read(file)));
    if (all.isEmpty()) {
      throw new BadInputException(
          labelsFile.isPresent()
              ? "%s: no labels in it; expected one a line".formatted(labelsFile.get())
              : "--labels: no labels in it; expected something like --labels cat,dog");
    }
    List<String> distinct = List.copyOf(new LinkedHashSet<>(all));
    if (distinct.size() < all.size()) {
      output.note(
          console,
          "%d labels were given twice and count once".formatted(all.size() - distinct.size()));
    }
    return distinct;
  }

  private static List<String> read(String file) {
    return file.equals("imagenet") && !Files.exists(Path.of(file))
        ? Prompts.imageNetClasses()
        : Paths.lines(Paths.of(file));
  }

  /**
   * The sentences.
   *
   * @throws BadInputException if a file has none, or one without a place for the label
   */
  List<PromptTemplate> templates() {
    return switch (templates) {
      case "none" -> List.of(PromptTemplate.LABEL_ALONE);
      case "simple" -> List.of(PromptTemplate.PHOTO);
      case "openai" -> Prompts.openAi80();
      case "openai7" -> Prompts.openAi7();
      default -> fromFile();
    };
  }

  private List<PromptTemplate> fromFile() {
    Path file = Paths.of(templates);
    if (!Files.exists(file)) {
      throw new BadInputException(
          "--templates %s: no such file; expected none, simple, openai, openai7 or a file"
              .formatted(templates));
    }
    List<PromptTemplate> read = Paths.lines(file).stream().map(PromptTemplate::new).toList();
    if (read.isEmpty()) {
      throw new BadInputException("%s: no templates in it; expected one a line".formatted(file));
    }
    return read;
  }
}
