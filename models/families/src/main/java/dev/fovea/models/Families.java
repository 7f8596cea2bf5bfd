package dev.fovea.models;

import dev.fovea.models.clip.ClipFamily;
import java.util.List;

/** Every family of models that can be opened. */
final class Families {
  static final List<ModelFamily> ALL = List.of(new ClipFamily());

  private Families() {}
}
