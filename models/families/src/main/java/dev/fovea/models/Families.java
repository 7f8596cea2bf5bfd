package dev.fovea.models;

import dev.fovea.models.clip.ClipFamily;
import dev.fovea.models.clip.ClipTextFamily;
import dev.fovea.models.clip.ClipVisionFamily;
import dev.fovea.models.clip.OpenAiFamily;
import dev.fovea.models.clip.OpenClipFamily;
import dev.fovea.models.dinov2.Dinov2Family;
import dev.fovea.models.resnet.ResNetFamily;
import dev.fovea.models.sentence.SentenceFamily;
import dev.fovea.models.siglip.SiglipFamily;
import dev.fovea.models.vit.VitFamily;
import java.util.List;

/** Every family of models that can be opened. */
final class Families {
  static final List<ModelFamily> ALL =
      List.of(
          new ClipFamily(),
          new ClipVisionFamily(),
          new ClipTextFamily(),
          new OpenClipFamily(),
          new OpenAiFamily(),
          new SiglipFamily(),
          new VitFamily(),
          new Dinov2Family(),
          new ResNetFamily(),
          new SentenceFamily());

  private Families() {}
}
