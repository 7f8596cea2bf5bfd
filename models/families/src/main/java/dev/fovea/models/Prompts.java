package dev.fovea.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The prompt templates and class names that CLIP's authors published for ImageNet, in the notebook
 * Prompt_Engineering_for_ImageNet of openai/CLIP (MIT licence).
 */
public final class Prompts {
  private Prompts() {}

  /** The 80 templates of the paper. */
  public static List<PromptTemplate> openAi80() {
    return templates("openai-templates.txt");
  }

  /** The 7 of them that forward selection chose; about as good as all 80. */
  public static List<PromptTemplate> openAi7() {
    return templates("openai-templates-7.txt");
  }

  /**
   * The curated names of the 1000 ImageNet classes, by class index. Two names, {@code missile} and
   * {@code sunglasses}, stand for two classes each.
   */
  public static List<String> imageNetClasses() {
    return lines("imagenet-classes.txt");
  }

  private static List<PromptTemplate> templates(String resource) {
    return lines(resource).stream().map(PromptTemplate::new).toList();
  }

  private static List<String> lines(String resource) {
    try (InputStream in =
        Objects.requireNonNull(Prompts.class.getResourceAsStream("prompts/" + resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
