package dev.fovea.cli;

import dev.fovea.cli.embed.EmbeddingSink;
import dev.fovea.cli.embed.Item;
import java.util.List;

/** Prints each embedding at once as a line of JSON. */
record LinePrinter(Console console, List<Item> items) implements EmbeddingSink {
  @Override
  public void done(int item, float[] embedding) {
    console.print(items.get(item).line(embedding));
  }

  @Override
  public void failed(int item, String problem) {
    console.print(items.get(item).line(problem));
  }
}
