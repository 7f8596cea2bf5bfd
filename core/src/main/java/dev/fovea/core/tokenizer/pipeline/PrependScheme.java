package dev.fovea.core.tokenizer.pipeline;

/** Where a mark for a space is put before a text that does not begin with one. */
public enum PrependScheme {
  /** Before every piece. */
  ALWAYS,
  /** Before the piece that begins the whole text. */
  FIRST,
  NEVER
}
