package dev.fovea.models;

import dev.fovea.models.clip.ClipFamily;
import dev.fovea.models.clip.ClipTextFamily;
import dev.fovea.models.clip.ClipVisionFamily;
import dev.fovea.models.clip.OpenAiFamily;
import dev.fovea.models.clip.OpenClipFamily;
import java.util.List;

/** Every family of models that can be opened. */
final class Families {
  static final List<ModelFamily> ALL =
      List.of(
          new ClipFamily(),
          new ClipVisionFamily(),
          new ClipTextFamily(),
          new OpenClipFamily(),
          new OpenAiFamily());

  private Families() {}
}
