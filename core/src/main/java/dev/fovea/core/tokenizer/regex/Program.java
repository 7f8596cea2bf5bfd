package dev.fovea.core.tokenizer.regex;

/**
 * A compiled expression: instructions, one after the other unless they say otherwise. The operands
 * of the instruction at an address are in {@code x} and {@code y}.
 *
 * @param operations see the constants
 * @param sets the sets of characters that operands refer to by number
 * @param looks the conditions that operands refer to
 * @param parts the atomic parts that operands refer to
 * @param slots how many loops watch for empty passes
 */
record Program(
    int[] operations,
    int[] x,
    int[] y,
    CharacterSet[] sets,
    Look[] looks,
    Program[] parts,
    int slots) {
  /** Reads a character of set x. */
  static final int READ = 0;

  /**
   * Reads as many characters of set x as possible. How many are needed and how many are allowed
   * stand in x and y of the next address, and whether any are given back in y of this one.
   */
  static final int READ_RUN = 1;

  /** Goes on at x, and at y if that does not lead to a match. */
  static final int FORK = 2;

  /** Goes on at x. */
  static final int JUMP = 3;

  /** Checks the place whose kind is x. */
  static final int CHECK = 4;

  /** Checks condition x. */
  static final int LOOK = 5;

  /** Matches part x in its first way only. */
  static final int ATOMIC = 6;

  /** Remembers in slot x where a pass of a loop begins. */
  static final int PASS_BEGINS = 7;

  /** Goes on behind the jump that follows if the pass of slot x read nothing. */
  static final int PASS_ENDS = 8;

  /** A match. */
  static final int DONE = 9;

  /**
   * A condition on what is ahead or behind.
   *
   * @param shortest for looking behind, the fewest characters
   * @param longest for looking behind, the most characters
   */
  record Look(Program part, boolean ahead, boolean negative, int shortest, int longest) {}
}
