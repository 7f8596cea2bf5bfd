package dev.fovea.cli.input;

import dev.fovea.core.BadInputException;
import dev.fovea.core.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs pictures through a model batch by batch; one that cannot be read does not stop the others.
 */
public final class Batches {
  /** Takes what became of the pictures, in their order. */
  public interface Results<R> {
    void done(Picture picture, R result);

    void failed(Picture picture, String problem);
  }

  private Batches() {}

  /**
   * Runs one batch.
   *
   * @param model gives one result for each picture
   */
  public static <R> void run(
      List<Picture> batch, Function<List<Image>, List<R>> model, Results<R> results) {
    List<Optional<R>> computed = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<Image> images = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      computed.add(Optional.empty());
      problems.add("");
      try {
        images.add(batch.get(i).read());
        positions.add(i);
      } catch (BadInputException e) {
        problems.set(i, message(batch.get(i), e));
      }
    }
    compute(images, positions, model, computed, problems, batch);
    for (int i = 0; i < batch.size(); i++) {
      Picture picture = batch.get(i);
      String problem = problems.get(i);
      computed
          .get(i)
          .ifPresentOrElse(
              result -> results.done(picture, result), () -> results.failed(picture, problem));
    }
  }

  /** All together; if the model refuses, each alone, to find the one at fault. */
  private static <R> void compute(
      List<Image> images,
      List<Integer> positions,
      Function<List<Image>, List<R>> model,
      List<Optional<R>> computed,
      List<String> problems,
      List<Picture> batch) {
    if (images.isEmpty()) {
      return;
    }
    try {
      List<R> rows = model.apply(images);
      for (int i = 0; i < rows.size(); i++) {
        computed.set(positions.get(i), Optional.of(rows.get(i)));
      }
    } catch (BadInputException e) {
      if (images.size() == 1) {
        int at = positions.getFirst();
        problems.set(at, message(batch.get(at), e));
        return;
      }
      for (int i = 0; i < images.size(); i++) {
        compute(
            images.subList(i, i + 1),
            positions.subList(i, i + 1),
            model,
            computed,
            problems,
            batch);
      }
    }
  }

  private static String message(Picture picture, BadInputException e) {
    String message = String.valueOf(e.getMessage());
    return picture.name().equals("-") || message.contains(picture.name())
        ? message
        : picture.name() + ": " + message;
  }
}
