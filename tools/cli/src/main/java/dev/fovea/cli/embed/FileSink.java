package dev.fovea.cli.embed;

import dev.fovea.core.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects embeddings in a journal beside the output file and writes the file in the end. */
public final class FileSink implements EmbeddingSink {
  private final Path file;
  private final OutputFormat format;
  private final List<Item> items;
  private final Journal journal;
  private final int doneBefore;
  private final Map<Integer, String> problems = new LinkedHashMap<>();

  private FileSink(Path file, OutputFormat format, List<Item> items, Journal journal) {
    this.file = file;
    this.format = format;
    this.items = items;
    this.journal = journal;
    this.doneBefore = journal.size();
  }

  /**
   * Begins an output, or goes on with it.
   *
   * @throws BadInputException if it cannot be written there, or an unfinished run differs
   */
  public static FileSink open(
      Path file,
      OutputFormat format,
      List<Item> items,
      String identity,
      int dimension,
      boolean restart) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null) {
      throw new BadInputException("%s: is a folder, expected a file name".formatted(file));
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException("%s: there is no folder %s".formatted(file, folder));
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    return new FileSink(
        file, format, items, Journal.open(partial, identity, dimension, items.size(), restart));
  }

  @Override
  public boolean isDone(int item) {
    return journal.contains(item);
  }

  @Override
  public int doneBefore() {
    return doneBefore;
  }

  @Override
  public void done(int item, float[] embedding) {
    journal.append(item, embedding);
  }

  @Override
  public void failed(int item, String problem) {
    problems.put(item, problem);
  }

  @Override
  public void finish() {
    if (journal.size() == 0) {
      journal.delete();
      throw new BadInputException("%s: not written, nothing could be embedded".formatted(file));
    }
    format.writer().write(file, new Embeddings(items, journal, problems));
    journal.delete();
  }

  @Override
  public String kept() {
    return "; run the same command again to go on";
  }

  @Override
  public void close() {
    journal.close();
  }
}
