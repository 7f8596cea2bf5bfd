package dev.fovea.cli.embed;

/** Takes the embeddings of items, by index. */
public interface EmbeddingSink extends AutoCloseable {
  /** Whether an earlier run did an item. */
  default boolean isDone(int item) {
    return false;
  }

  /** How many items an earlier run did. */
  default int doneBefore() {
    return 0;
  }

  void done(int item, float[] embedding);

  void failed(int item, String problem);

  /** Ends the output; nothing comes after. */
  default void finish() {}

  /** What a user who interrupts should know about what was kept. */
  default String kept() {
    return "";
  }

  @Override
  default void close() {}
}
