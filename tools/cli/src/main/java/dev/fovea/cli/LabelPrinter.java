package dev.fovea.cli;

import dev.fovea.cli.input.Batches;
import dev.fovea.cli.input.Picture;
import dev.fovea.core.json.Json;
import dev.fovea.models.Label;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prints the labels of pictures, and counts what went wrong. */
final class LabelPrinter implements Batches.Results<List<Label>> {
  private final Console console;
  private final OutputOptions output;
  private final int most;
  private int failures;

  LabelPrinter(Console console, OutputOptions output, int most) {
    this.console = console;
    this.output = output;
    this.most = most;
  }

  @Override
  public void done(Picture picture, List<Label> labels) {
    List<Label> best = labels.subList(0, Math.min(most, labels.size()));
    if (output.json) {
      ObjectNode line = Json.mapper().createObjectNode().put("image", picture.name());
      ArrayNode list = line.putArray("labels");
      best.forEach(
          label ->
              list.addObject().put("label", label.label()).put("probability", label.probability()));
      console.print(line.toString());
      return;
    }
    StringBuilder text = new StringBuilder(picture.name());
    for (Label label : best) {
      text.append(
          String.format(Locale.ROOT, "%n  %6.2f %%  %s", 100 * label.probability(), label.label()));
    }
    console.print(text.toString());
  }

  @Override
  public void failed(Picture picture, String problem) {
    failures++;
    console.say(problem);
    if (output.json) {
      console.print(
          Json.mapper()
              .createObjectNode()
              .put("image", picture.name())
              .put("error", problem)
              .toString());
    }
  }

  /** Tells how many failed, if any did. */
  int summary(int pictures) {
    if (failures == 0) {
      return ExitCode.DONE;
    }
    if (pictures > 1) {
      console.say("%d of %d pictures could not be read".formatted(failures, pictures));
    }
    return ExitCode.BAD_INPUT;
  }
}
