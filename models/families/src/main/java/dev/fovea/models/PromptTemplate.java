package dev.fovea.models;

import dev.fovea.core.BadInputException;

/**
 * A sentence with a place for a label, as in {@code a photo of a {}.} Models that were trained on
 * sentences know a label better in one (Radford et al. 2021, section 3.1.4).
 *
 * @param text contains {@code {}} once or more
 */
public record PromptTemplate(String text) {
  private static final String PLACE = "{}";

  /** The label alone. */
  public static final PromptTemplate LABEL_ALONE = new PromptTemplate(PLACE);

  /** The template that CLIP's authors use for want of a better one. */
  public static final PromptTemplate PHOTO = new PromptTemplate("a photo of a {}.");

  public PromptTemplate {
    if (!text.contains(PLACE)) {
      throw new BadInputException("template '%s' has no {} where the label goes".formatted(text));
    }
  }

  /** The sentence about a label; nothing but the place changes, not even an article before it. */
  public String fill(String label) {
    return text.replace(PLACE, label);
  }
}
