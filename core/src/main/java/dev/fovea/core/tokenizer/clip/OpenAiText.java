package dev.fovea.core.tokenizer.clip;

import dev.fovea.core.tokenizer.pipeline.PythonText;

/** OpenAI's clean-up of a text before CLIP encodes it. */
public final class OpenAiText {
  private OpenAiText() {}

  /** Repaired, HTML unescaped twice, every run of white space one space, in lower case. */
  public static String clean(String text) {
    String unescaped = HtmlEntities.unescape(HtmlEntities.unescape(TextRepair.repair(text)));
    return PythonText.lower(PythonText.collapseSpaces(unescaped));
  }
}
