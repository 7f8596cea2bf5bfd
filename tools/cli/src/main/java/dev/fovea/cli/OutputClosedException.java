package dev.fovea.cli;

/** Whoever read the results has gone; nothing is left to do or to say. */
final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
