package dev.fovea.cli;

import dev.fovea.cli.embed.EmbeddingSink;
import dev.fovea.cli.embed.FileSink;
import dev.fovea.cli.embed.Item;
import dev.fovea.cli.embed.OutputFormat;
import dev.fovea.cli.embed.RunIdentity;
import dev.fovea.cli.input.Paths;
import dev.fovea.cli.input.Picture;
import dev.fovea.cli.input.PictureArguments;
import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Turns pictures and texts into vectors. */
@Command(
    name = "embed",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    sortOptions = false,
    description = {
      "Turns pictures and texts into vectors of length 1, pictures first.",
      "A run into a file that was interrupted goes on where it stopped when started again."
    })
final class EmbedCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private PictureArguments pictures = new PictureArguments();

  @Option(
      names = {"-t", "--text"},
      paramLabel = "TEXT",
      description = "A text; may be given several times.")
  private List<String> texts = List.of();

  @Option(names = "--texts-file", paramLabel = "FILE", description = "Texts, one a line.")
  private Optional<String> textsFile = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to a file; its ending (.jsonl, .npy, .safetensors) says the format."
              + " Default: JSON lines on standard output.")
  private Optional<String> outputFile = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "jsonl, npy or safetensors, whatever the file's ending.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--restart",
      description = "Forget an unfinished run into the same file and begin anew.")
  private boolean restart;

  @Option(
      names = "--raw",
      description = "Vectors as the model gives them, not brought to length 1.")
  private boolean raw;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  EmbedCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<OutputFormat> chosen = format.map(OutputFormat::named);
    Optional<Path> file = outputFile.map(Paths::of);
    if (file.isEmpty() && chosen.isPresent() && chosen.get() != OutputFormat.JSONL) {
      throw new BadInputException("--format %s needs --output FILE".formatted(format.get()));
    }
    Optional<OutputFormat> fileFormat = file.map(f -> chosen.orElseGet(() -> OutputFormat.of(f)));
    int batchSize = model.batchSize();
    List<Picture> found = pictures.find(console.in());
    List<String> sentences = new ArrayList<>(texts);
    textsFile.ifPresent(f -> sentences.addAll(Paths.lines(Paths.of(f))));
    List<Item> items = new ArrayList<>();
    found.forEach(picture -> items.add(Item.image(picture.name())));
    sentences.forEach(text -> items.add(Item.text(text)));
    if (items.isEmpty()) {
      throw new BadInputException("nothing to embed; name pictures, or add --text or --texts-file");
    }
    ModelFiles files = model.files(console);
    try (Engine engine = model.engine.open(console, output);
        Model opened = Models.open(files, engine)) {
      EmbedRun run = new EmbedRun(console, output, opened, raw, batchSize);
      run.require(!found.isEmpty(), !sentences.isEmpty());
      if (file.isEmpty()) {
        return run.run(found, sentences, new LinePrinter(console, items));
      }
      String identity = RunIdentity.of(files, opened, items, raw);
      try (EmbeddingSink sink =
          FileSink.open(
              file.get(), fileFormat.orElseThrow(), items, identity, run.dimension(), restart)) {
        if (sink.doneBefore() > 0) {
          output.note(
              console,
              "going on with %s: %d of %d are done"
                  .formatted(file.get(), sink.doneBefore(), items.size()));
        }
        return run.run(found, sentences, sink);
      }
    }
  }
}
