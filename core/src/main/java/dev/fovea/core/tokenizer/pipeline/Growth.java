package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;

/**
 * Bounds what a hostile tokenizer can make of a text: steps that double it would otherwise fill the
 * memory after a few dozen of them.
 */
final class Growth {
  private static final long BASE = 256;
  private static final long FACTOR = 64;

  private Growth() {}

  /**
   * Refuses to go on with a text that became absurdly long.
   *
   * @param before length of the text that was given
   * @param now its length after some steps
   */
  static void check(long before, long now) {
    if (now > BASE + FACTOR * before) {
      throw new BadInputException(
          "the tokenizer's steps make more than %,d characters of %,d; is its tokenizer.json damaged?"
              .formatted(BASE + FACTOR * before, before));
    }
  }
}
