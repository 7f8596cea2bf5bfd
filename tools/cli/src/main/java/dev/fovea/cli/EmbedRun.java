package dev.fovea.cli;

import dev.fovea.cli.embed.EmbeddingSink;
import dev.fovea.cli.input.Batches;
import dev.fovea.cli.input.Picture;
import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.models.ImageEmbedder;
import dev.fovea.models.Model;
import dev.fovea.models.TextEmbedder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Embeds pictures, then texts, batch by batch. */
final class EmbedRun {
  private final Console console;
  private final OutputOptions output;
  private final Model model;
  private final boolean raw;
  private final int batchSize;
  private int failures;

  EmbedRun(Console console, OutputOptions output, Model model, boolean raw, int batchSize) {
    this.console = console;
    this.output = output;
    this.model = model;
    this.raw = raw;
    this.batchSize = batchSize;
  }

  /**
   * Checks that the model can do what is asked for.
   *
   * @throws BadInputException if it cannot
   */
  void require(boolean pictures, boolean texts) {
    if (pictures && !(model instanceof ImageEmbedder)) {
      throw new BadInputException(
          "this model of family %s knows texts only; it cannot embed pictures"
              .formatted(model.family()));
    }
    if (texts && !(model instanceof TextEmbedder)) {
      throw new BadInputException(
          "this model of family %s knows pictures only; it cannot embed texts"
              .formatted(model.family()));
    }
  }

  int dimension() {
    return model instanceof ImageEmbedder images
        ? images.dimension()
        : model.as(TextEmbedder.class).dimension();
  }

  int run(List<Picture> pictures, List<String> texts, EmbeddingSink sink) {
    int total = pictures.size() + texts.size();
    int[] missing = IntStream.range(0, total).filter(item -> !sink.isDone(item)).toArray();
    int done = total - missing.length;
    try (Progress progress = Progress.start(console, output, "Embedding", total)) {
      progress.step(done);
      for (int at = 0; at < missing.length; ) {
        if (console.stopRequested().getAsBoolean()) {
          throw new InterruptedRunException(
              "stopped after %d of %d%s".formatted(done + at, total, sink.kept()));
        }
        int next = batch(missing, at, pictures, texts, sink);
        progress.step(next - at);
        at = next;
      }
    }
    sink.finish();
    if (failures == 0) {
      return ExitCode.DONE;
    }
    if (total > 1) {
      console.say("%d of %d items could not be embedded".formatted(failures, total));
    }
    return ExitCode.BAD_INPUT;
  }

  /** Embeds the items from {@code at} on, as many as fit, all of one kind; returns what is next. */
  private int batch(
      int[] missing, int at, List<Picture> pictures, List<String> texts, EmbeddingSink sink) {
    boolean ofPictures = missing[at] < pictures.size();
    int end = at;
    while (end < missing.length
        && end - at < batchSize
        && missing[end] < pictures.size() == ofPictures) {
      end++;
    }
    int[] batch = Arrays.copyOfRange(missing, at, end);
    if (ofPictures) {
      embedPictures(batch, pictures, sink);
    } else {
      embedTexts(batch, pictures.size(), texts, sink);
    }
    return end;
  }

  private void embedPictures(int[] batch, List<Picture> pictures, EmbeddingSink sink) {
    ImageEmbedder embedder = model.as(ImageEmbedder.class);
    List<Picture> chosen = new ArrayList<>();
    for (int item : batch) {
      chosen.add(pictures.get(item));
    }
    Batches.run(
        chosen,
        images -> List.of(raw ? embedder.imageFeatures(images) : embedder.embedImages(images)),
        new Batches.Results<float[]>() {
          private int position;

          @Override
          public void done(Picture picture, float[] embedding) {
            sink.done(batch[position++], embedding);
          }

          @Override
          public void failed(Picture picture, String problem) {
            fail(batch[position++], problem, sink);
          }
        });
  }

  private void embedTexts(int[] batch, int pictures, List<String> texts, EmbeddingSink sink) {
    TextEmbedder embedder = model.as(TextEmbedder.class);
    List<String> chosen = new ArrayList<>();
    for (int item : batch) {
      chosen.add(texts.get(item - pictures));
    }
    for (String text : chosen) {
      if (!embedder.fits(text)) {
        output.note(
            console,
            "text %s is longer than this model reads; its end is cut off"
                .formatted(Quoted.of(text)));
      }
    }
    try {
      float[][] rows = raw ? embedder.textFeatures(chosen) : embedder.embedTexts(chosen);
      for (int i = 0; i < rows.length; i++) {
        sink.done(batch[i], rows[i]);
      }
    } catch (BadInputException e) {
      for (int item : batch) {
        fail(item, String.valueOf(e.getMessage()), sink);
      }
    }
  }

  private void fail(int item, String problem, EmbeddingSink sink) {
    failures++;
    console.say(problem);
    sink.failed(item, problem);
  }
}
