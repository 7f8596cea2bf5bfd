package dev.fovea.cli;

import dev.fovea.cli.input.Batches;
import dev.fovea.cli.input.Picture;
import dev.fovea.cli.input.PictureArguments;
import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.image.Image;
import dev.fovea.models.ImageClassifier;
import dev.fovea.models.ImageTextModel;
import dev.fovea.models.Label;
import dev.fovea.models.Model;
import dev.fovea.models.Models;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labels pictures. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    sortOptions = false,
    description = {
      "Labels pictures, best label first, with probabilities.",
      "A model of pictures and texts (CLIP, SigLIP) chooses among --labels; a classifier (ViT,"
          + " ResNet, DINOv2) has labels of its own."
    })
final class ClassifyCommand implements Callable<Integer> {
  private static final int FIRST_LABELS = 5;

  private final Console console;

  @Mixin private PictureArguments pictures = new PictureArguments();
  @Mixin private LabelOptions labels = new LabelOptions();

  @Option(
      names = {"-k", "--top-k"},
      paramLabel = "K",
      description = "How many labels to print. Default: 5, with --json all.")
  private Optional<Integer> topK = Optional.empty();

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (pictures.isEmpty()) {
      throw new BadInputException(
          "no pictures; name files, folders, globs, or - for standard input");
    }
    int most = topK.map(k -> ModelOptions.atLeastOne("--top-k", k)).orElse(defaultTopK());
    int batchSize = model.batchSize();
    Optional<List<String>> chosen =
        labels.given() ? Optional.of(labels.labels(console, output)) : Optional.empty();
    labels.templates();
    List<Picture> found = pictures.find(console.in());
    ModelFiles files = model.files(console);
    try (Engine engine = model.engine.open(console, output);
        Model opened = Models.open(files, engine)) {
      ImageClassifier classifier = classifier(files, opened, chosen);
      return run(found, classifier::classify, new LabelPrinter(console, output, most), batchSize);
    }
  }

  private int defaultTopK() {
    return output.json ? Integer.MAX_VALUE : FIRST_LABELS;
  }

  private ImageClassifier classifier(
      ModelFiles files, Model opened, Optional<List<String>> chosen) {
    if (opened instanceof ImageTextModel) {
      return new ZeroShot(console, output, labels)
          .classifier(
              files,
              opened,
              chosen.orElseThrow(
                  () ->
                      new BadInputException(
                          "this model chooses among labels that you give: add --labels cat,dog or --labels-file FILE")));
    }
    if (!(opened instanceof ImageClassifier own)) {
      throw new BadInputException(
          "this model of family %s cannot classify pictures".formatted(opened.family()));
    }
    if (chosen.isPresent()) {
      throw new BadInputException(
          "a model of family %s has %d labels of its own; leave out --labels"
              .formatted(opened.family(), own.labels().size()));
    }
    return own;
  }

  private int run(
      List<Picture> found,
      Function<List<Image>, List<List<Label>>> classifier,
      LabelPrinter printer,
      int batchSize) {
    try (Progress progress = Progress.start(console, output, "Pictures", found.size())) {
      for (int i = 0; i < found.size(); i += batchSize) {
        if (console.stopRequested().getAsBoolean()) {
          throw new InterruptedRunException(
              "stopped after %d of %d pictures".formatted(i, found.size()));
        }
        List<Picture> batch = found.subList(i, Math.min(i + batchSize, found.size()));
        Batches.run(batch, classifier, printer);
        progress.step(batch.size());
      }
    }
    return printer.summary(found.size());
  }
}
