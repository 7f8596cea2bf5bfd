package dev.fovea.core.tokenizer.pipeline;

/**
 * A token that is cut out of a text before anything else happens to it.
 *
 * @param special whether it is control rather than text, so that decoding can leave it out
 * @param leftStrip whether it takes the white space before it along
 * @param rightStrip whether it takes the white space behind it along
 * @param singleWord whether it counts only where no word character touches it
 * @param normalized whether it is looked for after normalization, in normalized form
 */
public record AddedToken(
    String content,
    boolean special,
    boolean leftStrip,
    boolean rightStrip,
    boolean singleWord,
    boolean normalized) {
  /** A special token without further conditions. */
  public static AddedToken special(String content) {
    return new AddedToken(content, true, false, false, false, false);
  }
}
